import { expect, test } from "./fixtures";
import { later } from "./flows/flow";
import { RunsPage } from "./pages/runs-page";
import { violationsOf } from "./support/violations";

type Told = { readonly run: string; readonly name: string; readonly at: Date };

/** A run that searches and answers; the second kind retries first, is slower and says something else. */
function told({ run, name, at }: Told, kind: "first" | "second") {
  const event = (seq: number, ms: number, type: string, more: object) => ({
    ...{ workflow_id: run, seq, type, agent_id: "writer", timestamp: later(at, ms) },
    ...more,
  });
  const tool = (seq: number, ms: number, tookMs: number, of: { name: string; fails?: boolean }) => [
    event(seq, ms, "TOOL_INVOKED", { payload: { tool_name: of.name, tool_args: { q: "revenue" }, call_id: `c${seq}` } }),
    event(seq + 1, ms + tookMs, of.fails ? "TOOL_ERROR" : "TOOL_OBSERVATION", {
      payload: { tool_name: of.name, call_id: `c${seq}`, ...(of.fails ? { error: "rate limited" } : { result: "rows" }) },
    }),
  ];
  const start = event(1, 0, "WORKFLOW_STARTED", { payload: { query: name } });
  const end = (seq: number, ms: number, result: string) => event(seq, ms, "WORKFLOW_COMPLETED", { payload: { result } });
  if (kind === "first")
    return [
      start,
      ...tool(2, 100, 400, { name: "search" }),
      ...tool(4, 600, 200, { name: "publish" }),
      end(6, 1_000, "Revenue rose by 12 % in Q4."),
    ];
  return [
    start,
    ...tool(2, 100, 900, { name: "search" }),
    ...tool(4, 1_100, 300, { name: "fetch", fails: true }),
    ...tool(6, 1_500, 200, { name: "publish" }),
    end(8, 2_000, "Revenue fell by 3 % in Q4."),
  ];
}

test("two runs are marked in the list and compared: path, figures, answer, errors, live, by keys, as a link", async ({
  page,
  floor,
  word,
}) => {
  const at = new Date(Date.now() - 10_000);
  const [one, two] = [
    { run: `cmp-1-${word}`, name: `First ${word}`, at },
    { run: `cmp-2-${word}`, name: `Second ${word}`, at },
  ];
  const second = told(two, "second");
  await floor.sendLines([...told(one, "first"), ...second.slice(0, -2)] as never);

  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await runs.row(one.name).getByRole("checkbox").check();
  await page.getByText("one more to compare").waitFor();
  await runs.row(two.name).getByRole("checkbox").check();
  await page.getByRole("region", { name: "Selected runs" }).getByRole("link", { name: "Compare" }).click();

  const figures = page.getByRole("table", { name: "Figures of both runs" });
  await expect(figures.getByRole("row", { name: new RegExp(`^A ${one.name} Succeeded`) })).toBeVisible();
  await expect(figures.getByRole("row", { name: new RegExp(`^B ${two.name} Running`) })).toBeVisible();
  const steps = page.getByRole("grid", { name: "Steps of both runs" });
  const line = (text: string) => steps.getByRole("row").filter({ hasText: text });
  await expect(line("fetch")).toContainText("only B took this step");
  await expect(line("publish")).toContainText("both took this step");
  await expect(line("search")).toContainText("+500 ms");

  // The run that still goes on ends while it is looked at.
  await floor.sendLines(second.slice(-2) as never);
  await expect(figures.getByRole("row", { name: new RegExp(`^B ${two.name} Succeeded`) })).toBeVisible();
  await expect(figures.getByRole("row", { name: /^B compared with A/ })).toContainText("+1.0 s +100 %");

  await page.keyboard.press("n");
  await expect(line("fetch")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("d");
  await expect(steps).toHaveAttribute("aria-rowcount", "2");
  await expect(page).toHaveURL(/differences=true/);
  await page.keyboard.press("2");
  await expect(page).toHaveURL(/show=answer/);
  await expect(page.getByRole("region", { name: "Answer of A" }).locator("del")).toHaveText([" rose", " 12"]);
  await expect(page.getByRole("region", { name: "Answer of B" }).locator("ins")).toHaveText([" fell", " 3"]);
  await page.keyboard.press("3");
  await expect(page).toHaveURL(/show=errors/);
  await expect(page.getByRole("table", { name: "Errors of both runs" })).toContainText("rate limited");
  await page.goBack();
  await page.goBack();
  await expect(steps).toHaveAttribute("aria-rowcount", "2");

  await page.keyboard.press("x");
  await expect(page).toHaveURL(/a=[^&]*/);
  await expect(figures.getByRole("row", { name: new RegExp(`^A ${two.name}`) })).toBeVisible();
  await expect(line("fetch")).toContainText("only A took this step");
  await page.reload();
  await expect(line("fetch")).toContainText("only A took this step");
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await violationsOf(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(figures.getByRole("row", { name: /^Duration/ })).toContainText("−1.0 s");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test("a comparison without its second run, or with one that is not there, offers others", async ({ page, floor, word }) => {
  const at = new Date(Date.now() - 10_000);
  const names = ["a", "b"].map((one) => ({ run: `pick-${one}-${word}`, name: `Pick ${one} ${word}`, at }));
  for (const each of names) await floor.sendLines(told(each, "first") as never);
  await page.goto(`/runs/compare?a=pick-a-${word}&b=gone`);
  await expect(page.getByText("Run B is not in this project")).toBeVisible();
  await page.getByRole("searchbox", { name: "Find run B" }).fill(`Pick b ${word}`);
  await page.getByRole("button", { name: new RegExp(`Pick b ${word}`) }).click();
  await expect(page.getByRole("grid", { name: "Steps of both runs" }).getByRole("row")).toHaveCount(4);
  await page.goto("/runs/compare?a=gone&show=nothing&differences=9&sel=a:");
  await expect(page.getByText("Run A is not in this project")).toBeVisible();
});
