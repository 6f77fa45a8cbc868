import type { JsonObject } from "@/lib/core/json";
import { expect, test } from "./fixtures";
import { later } from "./flows/flow";
import { RunPage } from "./pages/run-page";

/** A lead that recruits `size` workers of two roles, all of whom report back. */
function teamEvents({ run, size }: { readonly run: string; readonly size: number }): JsonObject[] {
  const at = new Date(Date.now() - 5_000);
  const events: JsonObject[] = [];
  const add = (type: string, agent: string, rest: JsonObject) => {
    const seq = events.length + 1;
    events.push({ workflow_id: run, seq, type, agent_id: agent, timestamp: later(at, seq), ...rest });
  };
  add("WORKFLOW_STARTED", "lead", { payload: { query: `Team of ${run}` } });
  for (let i = 1; i <= size; i += 1) {
    const role = i % 2 === 0 ? "critic" : "writer";
    add("TEAM_RECRUITED", "lead", { payload: { agents: [{ agent_id: `${role}-${i}`, role }] } });
    add("MESSAGE_SENT", `${role}-${i}`, { message: "ready", payload: { from: `${role}-${i}`, to: "lead", content: "ready" } });
  }
  return events;
}

test("the declared team is drawn, shares its selection, is walked by arrow keys and has a table twin", async ({ page, floor, word }) => {
  const name = `team-${word}`;
  const id = await floor.send(
    "shannon",
    name,
    teamEvents({ run: name, size: 4 }).map((body) => ({ body })),
  );
  const run = new RunPage(page);
  await run.open(id, "?view=team");
  const graph = page.getByRole("group", { name: "Team graph" });
  const lead = graph.getByRole("button", { name: /^lead\b/ });
  await expect(graph.getByRole("button", { name: /^writer-1\b/ }).first()).toBeVisible();
  await lead.focus();
  await page.keyboard.press("ArrowDown");
  await expect(lead).not.toBeFocused();
  await page.keyboard.press("Enter");
  await expect(run.inspector).toBeVisible();
  await expect(page).toHaveURL(/[?&]sel=/);
  await graph.getByRole("button", { name: /^writer-1 to lead: 1 message/ }).click();
  await expect(page).toHaveURL(/[?&]sel=3\b/);
  await page.getByRole("button", { name: "Team as a table" }).click();
  await expect(page).toHaveURL(/[?&]team=table/);
  await expect(page.getByRole("row").filter({ hasText: "critic-4" })).toBeVisible();
});

test("two hundred agents are drawn as their roles, and a role opens", async ({ page, floor, word }) => {
  const name = `crowd-${word}`;
  await floor.sendLines(teamEvents({ run: name, size: 200 }));
  const run = new RunPage(page);
  await run.open((await floor.run(name)).id, "?view=team");
  const graph = page.getByRole("group", { name: "Team graph" });
  const critics = graph.getByRole("button", { name: /^100 × critic working/ });
  await expect(critics).toBeVisible();
  await expect(graph.locator("[data-node]")).toHaveCount(3);
  await critics.click();
  await expect(graph.locator("[data-node]")).toHaveCount(102);
  await page.getByRole("button", { name: "Collapse groups" }).click();
  await expect(graph.locator("[data-node]")).toHaveCount(3);
});
