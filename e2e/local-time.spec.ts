import { expect, test } from "./fixtures";
import { shannonFlow } from "./flows/shannon";
import { RunPage } from "./pages/run-page";
import { RunsPage } from "./pages/runs-page";
import { openAwake } from "./support/open-awake";

test.use({ timezoneId: "Asia/Tokyo", locale: "de-DE" });

test("moments are told in the reader's own time and language, also on what the server drew", async ({ page, floor, word }) => {
  const at = new Date(Date.now() - 60_000);
  const flow = shannonFlow({ run: `tokyo-${word}`, at });
  const id = await floor.send("shannon", flow.run, [...flow.first, ...flow.second]);
  const { startedAt } = await floor.run(id);
  const started = new Date(startedAt ?? 0);
  const tokyo = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("de-DE", { ...options, timeZone: "Asia/Tokyo" }).format(started);
  await openAwake(page, `/runs?q=${flow.run}`);
  const row = new RunsPage(page).row(flow.name);
  await expect(row.locator(`time[datetime="${started.toISOString()}"]`).first()).toHaveAttribute(
    "title",
    new RegExp(`^${tokyo({ dateStyle: "medium", timeStyle: "medium" })}\\n`),
  );
  const run = new RunPage(page);
  await run.open(id, "?sel=agent:2");
  const began = page.getByRole("definition").locator('time[datetime$="Z"]').first();
  await expect(began).toContainText(tokyo({ timeStyle: "medium", hourCycle: "h23" }).slice(0, 5));
});
