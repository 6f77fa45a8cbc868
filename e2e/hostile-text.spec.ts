import { expect, type Page, test } from "./fixtures";
import { hostileRuns, hostileStarts } from "./flows/hostile";
import { RunPage, runViews } from "./pages/run-page";
import { RunsPage } from "./pages/runs-page";
import { payloads } from "./support/hostile";
import { troubleOn, type Watched, watchContext } from "./support/watch-page";

async function expectHarmless(page: Page, watched: Watched, where: string): Promise<void> {
  const found = { trouble: await troubleOn(page), foreign: [...watched.foreign], complaints: [...watched.complaints] };
  expect.soft(found, where).toEqual({ trouble: [], foreign: [], complaints: [] });
}

for (const width of [1440, 390]) {
  test(`hostile text in every field stays text on every page, ${width} px wide`, async ({ context, floor, word }) => {
    test.slow();
    const watched = await watchContext(context, floor.url);
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/welcome");
    await expect(page.getByText(/^Listening for (?:your first event|events)$/)).toBeVisible();
    await floor.sendLines(hostileStarts(word, new Date()));
    await expect(page.getByText("Receiving events")).toBeVisible();
    await expectHarmless(page, watched, "welcome");

    await new RunsPage(page).open();
    await expect(page.getByRole("table", { name: "Runs" }).getByRole("link")).not.toHaveCount(0);
    await expectHarmless(page, watched, "runs");
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("dialog").getByRole("combobox").fill("script");
    await expect(page.getByRole("option", { name: /script/ }).first()).toBeVisible();
    await expectHarmless(page, watched, "palette");

    const run = new RunPage(page);
    // The views are the same for every system; on a phone two of them show that its own forms are harmless too.
    for (const { dialect, bodies } of width < 1_000 ? hostileRuns.slice(0, 2) : hostileRuns) {
      const name = `${payloads[1]} ${dialect} ${word}`;
      const id = await floor.sendBodies(dialect, name, bodies(name, new Date()));
      await run.open(id);
      for (const view of runViews) {
        await run.show(view);
        await expect(page.getByRole("tab", { name: view }).first()).toHaveAttribute("aria-selected", "true");
        await expectHarmless(page, watched, `${dialect} ${view}`);
      }
      for (const [seq, tab] of [
        [1, "overview"],
        [5, "input"],
        [6, "raw"],
      ] as const) {
        await run.open(id, `?view=events&sel=${seq}&tab=${tab}`);
        await expect(run.inspector).toBeVisible();
        await expect(page.getByRole("status").filter({ hasText: "Loading" })).toHaveCount(0);
        await expectHarmless(page, watched, `${dialect} event ${seq} ${tab}`);
      }
    }

    for (const path of ["/approvals", "/costs?group=agent", "/costs?group=model"]) {
      await page.goto(path);
      await expect(page.getByRole("main")).toContainText("<script>");
      await expectHarmless(page, watched, path);
    }
    await page.goto("/inspect");
    await page.getByRole("textbox", { name: "Events" }).fill(JSON.stringify(hostileStarts(word, new Date()).slice(0, 15)));
    const becomes = page.getByRole("region", { name: "Results" });
    for (const number of [1, 2, 12]) {
      await becomes
        .getByRole("article", { name: `Event ${number}`, exact: true })
        .getByRole("button")
        .first()
        .click();
    }
    await expect(becomes).toContainText("<script>");
    await expectHarmless(page, watched, "/inspect");
    for (const text of payloads.slice(0, 8)) await floor.makeKey(text.slice(0, 100));
    for (const path of ["/settings", "/settings/audit"]) {
      await page.goto(path);
      await expect(page.getByRole("main")).toContainText("<script>");
      await expectHarmless(page, watched, path);
    }

    // An unknown run has the same page on a phone.
    for (const text of width < 1_000 ? payloads.slice(0, 8) : payloads) {
      if (text.length > 1_000 || text.includes("\ud800")) continue;
      await page.goto(`/runs/${encodeURIComponent(text)}`);
      await expect(page.getByRole("main")).toBeVisible();
      await expectHarmless(page, watched, `/runs/${text}`);
    }
    await page.goto(`/runs?q=${encodeURIComponent(payloads[0] ?? "")}&agent=${encodeURIComponent(payloads[1] ?? "")}`);
    await expect(page.getByRole("main")).toBeVisible();
    await expectHarmless(page, watched, "filters");
  });
}
