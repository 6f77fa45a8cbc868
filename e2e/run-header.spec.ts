import { expect, test } from "./fixtures";
import { shannonFlow } from "./flows/shannon";
import { RunPage } from "./pages/run-page";

test("a figure of the header is shown whole or not at all, however wide the page is", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `narrow-${word}`, at: new Date(Date.now() - 3_000) });
  const run = new RunPage(page);
  await run.open(await floor.send("shannon", flow.run, flow.first));
  const figures = run.header.getByRole("button", { name: /\d+\/\d+/ }).locator("xpath=..");
  await expect(run.header.getByRole("button", { name: /\d+\/\d+/ })).toBeVisible();
  for (let width = 740; width <= 1000; width += 10) {
    await page.setViewportSize({ width, height: 700 });
    const cut = await figures.evaluate((line) => {
      const seen = line.getBoundingClientRect();
      return [...line.children]
        .filter((child) => {
          const { top, bottom } = child.getBoundingClientRect();
          return top < seen.bottom - 0.5 && bottom > seen.bottom + 0.5;
        })
        .map((child) => child.textContent);
    });
    expect(cut, `${width} px`).toEqual([]);
  }
});
