import { expect, test } from "./fixtures";
import { later } from "./flows/flow";
import { RunPage } from "./pages/run-page";
import { violationsOf } from "./support/violations";

const hourMs = 3_600_000;

test("a night of waiting leaves the axis to the work, says how long it was, and is unfolded by a key that is remembered", async ({
  page,
  floor,
  word,
}) => {
  const run = `night-${word}`;
  const at = new Date(Date.now() - 9 * hourMs);
  const event = (seq: number, ms: number, type: string, payload: object) => ({
    ...{ workflow_id: run, type, seq, agent_id: "clerk", timestamp: later(at, ms), payload },
  });
  const wait = 8 * hourMs;
  const asked = [
    event(1, 0, "WORKFLOW_STARTED", { query: `Pay the bills ${word}` }),
    event(2, 0, "AGENT_STARTED", { name: "clerk" }),
    event(3, 1_000, "TOOL_INVOKED", { tool: "read_bills" }),
    event(4, 21_000, "TOOL_OBSERVATION", { tool: "read_bills", result: "12" }),
    event(5, 22_000, "APPROVAL_REQUESTED", { approval_id: "a1", reason: "Pay 12 bills?" }),
  ];
  await floor.sendLines(asked as never);
  const { id } = await floor.run(run);
  const view = new RunPage(page);
  await view.open(id);
  const axis = view.timeline.getByRole("columnheader", { name: "Time since the start" });
  const share = async (name: string) => {
    const bar = await view.span(name).getByTitle(`: ${name}`).boundingBox();
    return (bar?.width ?? 0) / ((await axis.boundingBox())?.width ?? 1);
  };
  // While somebody is waited for, the wait grows in words and not on the axis.
  await expect(axis.getByText(/of waiting, folded/)).toBeVisible();
  await expect.poll(() => share("read_bills")).toBeGreaterThan(0.5);

  await floor.sendLines([
    event(6, 22_000 + wait, "APPROVAL_DECISION", { approval_id: "a1", approved: true }),
    event(7, 23_000 + wait, "TOOL_INVOKED", { tool: "pay_bills" }),
    event(8, 43_000 + wait, "TOOL_OBSERVATION", { tool: "pay_bills", result: "paid" }),
    event(9, 44_000 + wait, "WORKFLOW_COMPLETED", { result: "paid" }),
  ] as never);
  const label = axis.getByText("8 h 00 m of waiting, folded");
  await expect(label).toBeVisible();
  await expect.poll(() => share("pay_bills")).toBeGreaterThan(0.25);
  await expect(view.timeline.getByText("8 h 00 m of waiting folded")).toBeVisible();

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOf(page)).toEqual([]);
  }

  // A stretch of time is the same one with folds and without.
  await view.timeline.getByRole("button", { name: "Zoom in" }).click();
  await expect(page).toHaveURL(/[?&]zoom=\d+-\d{8}/);
  await view.timeline.getByRole("button", { name: "Fit the whole run" }).click();

  await page.keyboard.press("t");
  await expect(label).toHaveCount(0);
  await expect.poll(() => share("pay_bills")).toBeLessThan(0.01);
  await page.reload();
  await expect(view.timeline.getByRole("button", { name: "True time" })).toHaveAttribute("aria-pressed", "true");
  await expect(label).toHaveCount(0);
  await page.keyboard.press("t");
  await expect(label).toBeVisible();

  // The axis is the same at any moment of the run.
  await page.getByRole("slider", { name: "Position in the run" }).press("Home");
  await page.getByRole("slider", { name: "Position in the run" }).press("PageUp");
  await expect(label).toBeVisible();
});
