import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { manyEvents } from "./flows/many";
import { RunPage } from "./pages/run-page";
import { rememberDocument } from "./support/same-document";

test.use({ storageState: { cookies: [], origins: [] } });

/** Every numbered thought of the transcript, in the order in which it is shown. */
async function thoughts(page: Page): Promise<number[]> {
  // A page in the back gets hardly a frame.
  await page.bringToFront();
  const log = page.getByRole("log", { name: "Transcript" });
  return log.evaluate(async (scroller) => {
    const found = new Map<string, number>();
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (let top = 0; top <= scroller.scrollHeight; top += scroller.clientHeight / 2) {
      scroller.scrollTop = top;
      await frame();
      for (const item of scroller.querySelectorAll<HTMLElement>("[data-index]")) {
        const number = /thought (\d+)/.exec(item.innerText)?.[1];
        if (number) found.set(item.dataset.index ?? "", Number(number));
      }
    }
    return [...found].sort((a, b) => Number(a[0]) - Number(b[0])).map(([, number]) => number);
  });
}

test("a cut stream comes back by itself: nothing lost, nothing doubled, nothing moved, and no page is lost to a server that is down", async ({
  page,
  context,
  ownServer,
  word,
}) => {
  // A server of its own is started, stopped and started again.
  test.slow();
  const run = `cut-${word}`;
  const at = new Date(Date.now() - 10_000);
  await ownServer.floor.sendLines(manyEvents({ run, at, from: 1, to: 100 }));
  const { id } = await ownServer.floor.run(run);
  const base = ownServer.floor.url;
  await page.goto(ownServer.signInLink);
  const events = new RunPage(page);
  await page.goto(`${base}/runs/${id}?view=events&sel=52`);
  await expect(events.event(52)).toHaveAttribute("aria-selected", "true");
  await events.event(52).hover();
  const place = await events.event(52).boundingBox();
  const transcript = new RunPage(await context.newPage());
  await transcript.page.goto(`${base}/runs/${id}?view=transcript`);
  const badge = page.getByRole("navigation", { name: "Main" });
  await expect(badge.getByText("Live", { exact: true })).toBeVisible();
  await expect(transcript.transcript).toContainText("thought 99");

  const costs = await context.newPage();
  await costs.goto(`${base}/costs`);
  await expect(costs.getByText("Nothing was spent in this period")).toBeVisible();

  const roaming = await context.newPage();
  await roaming.goto(`${base}/runs`);
  await expect(roaming.getByRole("navigation", { name: "Main" }).getByText("Live", { exact: true })).toBeVisible();
  const sameDocument = await rememberDocument(roaming);

  await ownServer.stop();
  await expect(badge.getByRole("button", { name: /Reconnecting/ })).toBeVisible();
  await costs.getByText("7 d", { exact: true }).click();
  const unread = costs.getByRole("alert").filter({ hasText: "The costs could not be loaded." });
  // It is asked for a few times first.
  await expect(unread).toBeVisible();
  // Another page cannot come now: the one that is there stays and says so, whichever way was taken.
  const noAnswer = roaming.getByRole("status").filter({ hasText: "The server is not answering" });
  await roaming.getByRole("link", { name: "Approvals" }).click();
  await expect(noAnswer).toBeVisible();
  await roaming.keyboard.press("g");
  await expect(roaming.getByRole("status", { name: "Next key" })).toContainText("Go to costs");
  await roaming.keyboard.press("c");
  await expect(roaming.getByRole("heading", { name: "Runs", level: 1 })).toBeVisible();
  await ownServer.start();
  await expect(roaming.getByRole("heading", { name: "Costs", level: 1 })).toBeVisible();
  await expect(noAnswer).toHaveCount(0);
  await sameDocument();
  // What could not be read meanwhile is read again by itself.
  await expect(unread).toHaveCount(0);
  // A proxy that answers in the server's place takes the page no more than silence does.
  await roaming.route(`${base}/**`, (route) => route.fulfill({ status: 502, contentType: "text/html", body: "<h1>Bad gateway</h1>" }));
  await roaming.getByRole("link", { name: "Alerts" }).click();
  await expect(noAnswer).toBeVisible();
  await expect(roaming.getByRole("heading", { name: "Costs", level: 1 })).toBeVisible();
  await sameDocument();
  await roaming.unroute(`${base}/**`);
  await expect(roaming.getByRole("heading", { name: "Alerts", level: 1 })).toBeVisible();
  await expect(noAnswer).toHaveCount(0);
  await ownServer.floor.sendLines(manyEvents({ run, at, from: 101, to: 160 }));

  await expect(badge.getByText("Live", { exact: true })).toBeVisible();
  await expect(events.events).toHaveAttribute("aria-rowcount", "161");
  await ownServer.floor.sendLines(manyEvents({ run, at, from: 161, to: 180 }));
  await expect(events.events).toHaveAttribute("aria-rowcount", "181");
  expect(await events.event(52).boundingBox()).toEqual(place);
  await expect(events.event(52)).toHaveAttribute("aria-selected", "true");

  const expected = Array.from({ length: 179 }, (_, index) => index + 2).filter((seq) => seq % 4 > 1);
  await expect(transcript.transcript).toContainText("thought 179");
  expect(await thoughts(transcript.page)).toEqual(expected);
});
