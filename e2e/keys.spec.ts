import { expect, test } from "./fixtures";
import { shannonFlow } from "./flows/shannon";
import { RunPage } from "./pages/run-page";
import type { Wire } from "./support/floor";

test("Enter on what opens the rest of a long entry of the transcript opens that, and selects nothing", async ({ page, floor, word }) => {
  const flow = shannonFlow({ run: `long-${word}`, at: new Date(Date.now() - 3_000) });
  const [start, agent, thought] = flow.first.map(({ body }) => ({ body }));
  const id = await floor.send("shannon", flow.run, [
    start as Wire,
    agent as Wire,
    { body: { ...thought?.body, message: "long thought ".repeat(520) } },
    ...flow.second.slice(-1),
  ]);
  const run = new RunPage(page);
  await run.open(id, "?view=transcript");
  const rest = run.transcript.getByRole("button", { name: /^\+\d+ characters$/ });
  await rest.focus();
  await page.keyboard.press("Enter");
  await expect(run.transcript.getByRole("button", { name: "less" })).toBeVisible();
  expect(new URL(page.url()).searchParams.get("sel")).toBeNull();
});
