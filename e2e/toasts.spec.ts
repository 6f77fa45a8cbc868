import { noAlertFilter } from "@/lib/core/alerts/no-alert-filter";
import { expect, test } from "./fixtures";
import { endOf, startOf } from "./flows/many";
import { ApprovalsPage } from "./pages/approvals-page";
import { AskingAgent } from "./support/asking-agent";
import { untilAwake } from "./support/open-awake";

test("a message under the pointer stays where it is, and what is said meanwhile comes once the pointer is gone", async ({
  page,
  ownServer,
  word,
}) => {
  const { floor } = ownServer;
  const agents = [`first-${word}`, `second-${word}`];
  for (const agent of agents) {
    const measure = { kind: "run-failed", warning: null, alert: 1, windowMinutes: 5, minRuns: 1, forSeconds: 0, recoverSeconds: 0 };
    const filter = { ...noAlertFilter, agent };
    await floor.post("/api/alerts/rules", { name: `Fails ${agent}`, ...measure, filter, channels: [], enabled: true });
  }
  const fail = async (agent = "") => {
    const run = `run-of-${agent}`;
    await floor.sendLines([startOf({ run, name: run, at: new Date(), agent }), endOf({ run, at: new Date(), agent }, "WORKFLOW_FAILED")]);
  };
  await page.goto(ownServer.signInLink);
  await expect(page).toHaveURL(/\/(runs|welcome)/);
  await page.goto(`${floor.url}/runs`);
  await untilAwake(page);
  const messages = page.getByRole("region", { name: "Messages" });
  const said = (agent = "") => messages.getByText(`Firing: Fails ${agent}`);
  await fail(agents[0]);
  await expect(said(agents[0])).toBeVisible();
  await said(agents[0]).hover();
  const place = await messages.boundingBox();
  await fail(agents[1]);
  const alerts = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Alerts/ });
  await expect(alerts).toContainText("2 firing");
  await expect(said(agents[1])).toHaveCount(0);
  expect(await messages.boundingBox()).toEqual(place);
  await page.mouse.move(10, 10);
  await expect(said(agents[1])).toBeVisible();
});

test("a message about something long is some lines, and its button stays in sight", async ({ page, floor, word }) => {
  const agent = new AskingAgent(floor, `long-${word}`);
  await agent.start(`Long ${word}`);
  const { id } = await agent.ask({ kind: "confirmation", question: `May I? ${"As I said above. ".repeat(100)}` });
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${id}`);
  await inbox.button("Approve").click();
  const messages = page.getByRole("region", { name: "Messages" });
  await expect(messages).toContainText("Approved: May I?");
  expect((await messages.boundingBox())?.height).toBeLessThan(200);
});
