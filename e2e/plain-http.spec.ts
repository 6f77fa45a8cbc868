import { expect, test } from "./fixtures";
import { ApprovalsPage } from "./pages/approvals-page";
import { RunPage } from "./pages/run-page";
import { AskingAgent } from "./support/asking-agent";
import { ControlledAgent } from "./support/controlled-agent";
import { openAwake } from "./support/open-awake";

test.use({ storageState: { cookies: [], origins: [] } });

const pages = ["/runs", "/approvals", "/costs", "/alerts", "/sessions", "/settings", "/settings/prices", "/welcome", "/inspect"];

test("opened by plain http at a name of the network, where browsers withhold half of their interfaces, it watches and acts all the same", async ({
  page,
  floor,
  word,
}) => {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const there = new URL(floor.url);
  there.hostname = "plain-http.test";
  const at = (address: string) => new URL(address.replace(floor.url, ""), there).href;
  const asking = new AskingAgent(floor, `plain-${word}`);
  await asking.start(`Plain ${word}`);
  const approval = await asking.ask({ kind: "tool", tool: `send_${word}`, arguments: { to: "ops" } });

  await page.goto(at(await floor.signInLink()));
  await expect(page.getByRole("heading", { name: "Runs", level: 1 })).toBeVisible();
  expect(await page.evaluate(() => isSecureContext)).toBe(false);

  const inbox = new ApprovalsPage(page);
  await openAwake(page, at("/approvals"));
  await inbox.choose(`send_${word}`);
  const heard = asking.hear(approval);
  await inbox.button("Approve").click();
  expect((await heard).decision).toMatchObject({ decision: "approve" });
  await expect(inbox.outcome).toContainText("Approved");

  const steered = new ControlledAgent(floor, `steered-${word}`);
  await steered.tell("WORKFLOW_STARTED", { query: `Steered ${word}` });
  const run = new RunPage(page);
  await openAwake(page, at(`/runs/${(await floor.run(steered.run)).id}`));
  const told = steered.hear();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  expect((await told).desired).toBe("paused");
  await steered.tell("WORKFLOW_PAUSED");
  await expect(run.header.getByText("Paused", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Copy link to this view" }).first().click();
  await expect(page.getByText("Link to this view copied")).toBeVisible();

  for (const path of pages) {
    await openAwake(page, at(path));
    await expect(page.getByText("Live", { exact: true }).first()).toBeVisible();
  }
  // What a browser takes for a mistake there is sent where it counts.
  const headers = (await page.context().request.get(`${floor.url}/runs`)).headers();
  expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
  expect(complaints).toEqual([]);
});
