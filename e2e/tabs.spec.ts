import { expect, test } from "./fixtures";
import { manyEvents } from "./flows/many";
import { RunPage } from "./pages/run-page";

const tabs = 8;

test("eight tabs of one browser are all live, over one stream", async ({ context, floor, word }) => {
  const run = `tabs-${word}`;
  const at = new Date(Date.now() - 1_000);
  await floor.sendLines(manyEvents({ run, at, from: 1, to: 3 }));
  const { id } = await floor.run(run);
  const pages: RunPage[] = [];
  for (let tab = 0; tab < tabs; tab += 1) pages.push(new RunPage(await context.newPage()));
  for (const page of pages) await page.open(id, "?view=events");
  for (const page of pages) {
    await expect(page.event(3)).toBeVisible();
    await expect(page.page.getByRole("navigation", { name: "Main" }).getByText("Live", { exact: true })).toBeVisible();
  }
  await expect.poll(() => floor.metric("watchfloor_live_readers")).toBe(1);

  await floor.sendLines(manyEvents({ run, at, from: 4, to: 4 }));
  for (const page of pages) await expect(page.event(4)).toBeVisible();
  expect(await floor.metric("watchfloor_live_readers")).toBe(1);
});
