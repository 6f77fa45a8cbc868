import type { Control } from "@/lib/core/api/control";
import { expect, test } from "./fixtures";
import { RunPage } from "./pages/run-page";
import { RunsPage } from "./pages/runs-page";
import { ControlledAgent } from "./support/controlled-agent";
import { holdRequests } from "./support/hold-requests";
import { violationsOf } from "./support/violations";

test("a run is paused, goes on and is cancelled by button and key, each step with its receipt, and the agent hears of it", async ({
  page,
  floor,
  word,
}) => {
  const agent = new ControlledAgent(floor, `steer-${word}`);
  await agent.tell("WORKFLOW_STARTED", { query: `Steer ${word}` });
  await agent.tell("TOOL_INVOKED", { tool: "read_file" });
  const run = new RunPage(page);
  await run.open((await floor.run(agent.run)).id);
  const receipt = page.getByRole("list", { name: "Receipt of the control request" });

  const heard = agent.hear();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(run.header.getByText("Pausing", { exact: true })).toBeVisible();
  const { desired, latest } = await heard;
  expect(desired).toBe("paused");
  await expect(receipt).toContainText("Sent by");
  await expect(receipt.getByText("Acknowledged").locator("..")).toContainText("not yet");
  await agent.acknowledge(latest as Control);
  await expect(receipt).toContainText("Acknowledged by agent");
  await agent.tell("WORKFLOW_PAUSED", { checkpoint: "after step 2" });
  await expect(run.header.getByText("Paused", { exact: true })).toBeVisible();
  await expect(receipt.getByRole("listitem").filter({ hasText: "Paused" })).not.toContainText("not yet");

  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press("p");
  await expect(run.header.getByText("Running", { exact: true })).toBeVisible();
  expect((await agent.hear(1)).desired).toBe("running");
  await agent.tell("TOOL_INVOKED", { tool: "search" });

  await page.keyboard.press("x");
  const dialog = page.getByRole("dialog", { name: "Cancel this run?" });
  await dialog.getByLabel(/^Reason/).fill("wrong folder");
  await dialog.getByRole("button", { name: "Cancel this run" }).click();
  await expect(run.header.getByText("Cancelling", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Control request" })).toContainText("Cancel requested by local owner");
  const last = await agent.hear(2);
  expect(last.latest).toMatchObject({ action: "cancel", reason: "wrong folder", requestedBy: "local owner" });
  await agent.tell("WORKFLOW_CANCELLED");
  await expect(run.header.getByText("Cancelled", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause" })).toHaveCount(0);

  // A system that has no word for it: its agent must have asked once, and says itself that it is done.
  const id = await floor.send("crewship", `crew-${word}`, [{ event: "run.started", body: { run_id: `crew-${word}` }, id: "evt_1" }]);
  await run.open(id);
  const cancel = page.getByRole("button", { name: /^Cancel/ });
  await expect(cancel).toHaveAttribute("aria-disabled", "true");
  await expect(cancel).toHaveAccessibleName(/Watchfloor cannot tell Crewship to/);
  // What is off does nothing but say why: Playwright itself would wait until it is on.
  await cancel.click({ force: true });
  const why = page.getByRole("alert").filter({ hasText: "Watchfloor cannot tell Crewship to" });
  await expect(why).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(why).toHaveCount(0);
  const crew = new ControlledAgent(floor, `crew-${word}`);
  const told = crew.hear();
  await page.reload();
  await cancel.click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel this run" }).click();
  await crew.acknowledge((await told).latest as Control, "done");
  await expect(run.header.getByText("Cancelled", { exact: true })).toBeVisible();
});

test("no key reaches the page below a dialog whose answer is on its way", async ({ page, floor, word }) => {
  await floor.sendLines([{ workflow_id: `below-${word}`, agent_id: "writer", type: "WORKFLOW_STARTED", seq: 1, payload: { query: word } }]);
  await new RunPage(page).open((await floor.run(`below-${word}`)).id);
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  const dialog = page.getByRole("dialog");
  const release = await holdRequests(page, /\/cancel$/);
  await dialog.getByRole("button", { name: "Cancel this run" }).click();
  await expect(dialog.getByRole("button", { name: "Requesting" })).toBeDisabled();
  const errorsOnly = page.locator('button[aria-label="Errors only"]');
  await page.keyboard.press("!");
  await page.keyboard.press("?");
  await expect(dialog).toHaveCount(1);
  await expect(errorsOnly).toHaveAttribute("aria-pressed", "false");
  release();
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press("!");
  await expect(errorsOnly).toHaveAttribute("aria-pressed", "true");
});

test("what may be asked of a run is drawn with its page, also of a long one: nothing makes room for it later", async ({
  page,
  floor,
  word,
}) => {
  const agent = new ControlledAgent(floor, `steered-${word}`);
  await agent.tell("WORKFLOW_STARTED", { query: `Steered ${word}` });
  const { id } = await floor.run(agent.run);
  const drawn = async () =>
    ((await (await page.context().request.get(`/runs/${id}`)).text()).match(/<button[^>]* aria-label="[^"]*/g) ?? [])
      .map((button) => button.split('aria-label="')[1])
      .filter((label) => /^(Pause|Cancel)/.test(label ?? ""));
  expect(await drawn()).toEqual(["Pause", "Cancel"]);
  await floor.sendLines(
    Array.from({ length: 2_100 }, (_, index) => ({ workflow_id: agent.run, type: "PROGRESS", agent_id: "a", message: `step ${index}` })),
  );
  expect(await drawn()).toEqual(["Pause", "Cancel"]);
});

test("many runs are selected by mouse and by key and cancelled together, each with its own answer", async ({ page, floor, word }) => {
  const agents = [1, 2, 3, 4].map((n) => new ControlledAgent(floor, `bulk${n}-${word}`));
  for (const [index, agent] of agents.entries()) await agent.tell("WORKFLOW_STARTED", { query: `Bulk ${index + 1} ${word}` });
  const runs = new RunsPage(page);
  await runs.open(`?q=${word}`);
  await expect(runs.table.getByRole("row")).toHaveCount(5);
  await runs.row(`Bulk 4 ${word}`).hover();
  await page.getByRole("checkbox", { name: `Select Bulk 4 ${word}` }).click();
  await page.getByRole("checkbox", { name: `Select Bulk 2 ${word}` }).click({ modifiers: ["Shift"] });
  const bar = page.getByRole("region", { name: "Selected runs" });
  await expect(bar).toContainText("3 selected");
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("j");
  await expect(runs.link(`Bulk 1 ${word}`)).toBeFocused();
  await page.keyboard.press("x");
  await expect(bar).toContainText("4 selected");
  await agents[1]?.tell("WORKFLOW_COMPLETED");
  await agents[1]?.tell("STREAM_END");
  await bar.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog", { name: "Cancel 4 runs?" }).getByRole("button", { name: "Cancel 4 runs" }).click();
  await expect(bar).toContainText("3 runs asked to cancel, 1 not");
  await expect(bar.getByRole("list", { name: "Not asked" })).toContainText(`Bulk 2 ${word}`);
  await expect(bar.getByRole("list", { name: "Not asked" })).toContainText("The run has ended");
  for (const n of [1, 3, 4]) await expect(runs.row(`Bulk ${n} ${word}`)).toContainText("Cancelling");
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
});
