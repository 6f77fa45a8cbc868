import { startReceiver } from "../test/receiver";
import { SourceServer } from "../test/source-server";
import { expect, test } from "./fixtures";
import { RunPage } from "./pages/run-page";
import { violationsOf } from "./support/violations";

test("a pasted stream is followed, cut and resumed, and what people decide goes back to the system's own endpoint", async ({
  page,
  floor,
  word,
}) => {
  test.slow();
  const shannon = await new SourceServer().listen();
  try {
    const workflow = `wf-${word}`;
    shannon.say(workflow, "WORKFLOW_STARTED", { payload: { query: `Pulled ${word}` } });
    await page.goto("/settings");
    await page.getByRole("button", { name: "Add source" }).click();
    const form = page.getByRole("dialog", { name: "Add source" });
    await form.getByLabel("Name").fill(`gateway ${word}`);
    await form.getByLabel("URL").fill("http://169.254.169.254/");
    await form.getByLabel("Token").fill("sk_test");
    await form.getByRole("button", { name: "Add source" }).click();
    await expect(form.getByRole("alert")).toContainText("never sends to");
    await form.getByLabel("URL").fill(shannon.url);
    await form.getByRole("button", { name: "Add source" }).click();
    const source = page.getByRole("listitem", { name: `gateway ${word}` });
    await source.getByRole("button", { name: "Test" }).click();
    await expect(source).toContainText("Responded 200");
    await source.getByRole("button", { name: "Follow a stream" }).click();
    const follow = page.getByRole("dialog", { name: "Follow a stream" });
    await follow.getByLabel("Stream").fill(shannon.streamUrl(workflow));
    await follow.getByRole("button", { name: "Follow stream" }).click();
    const stream = source.getByRole("list", { name: "Streams" }).getByRole("listitem");
    await expect(stream).toContainText("Live");
    await expect(stream).toContainText("1 event");

    expect(await violationsOf(page)).toEqual([]);

    shannon.cut();
    await shannon.until(() => shannon.opened.length === 2);
    const asked = { approval_id: `appr-${word}`, tool_name: "delete_file", details: { path: "/tmp/a" } };
    shannon.say(workflow, "APPROVAL_REQUESTED", { message: "May I?", payload: asked });
    await expect(stream).toContainText("2 events");
    await expect(stream).toContainText("Live");

    const run = new RunPage(page);
    await run.open((await floor.run(workflow)).id);
    await expect(page.getByRole("heading", { level: 1, name: `Pulled ${word}` })).toBeVisible();
    await run.approval.getByRole("button", { name: "Approve" }).first().click();
    await shannon.until(() => shannon.called.some(({ path }) => path === "/api/v1/approvals/decision"));
    const decision = shannon.called.find(({ path }) => path === "/api/v1/approvals/decision");
    expect(JSON.parse(decision?.body ?? "")).toMatchObject({ workflow_id: workflow, approval_id: asked.approval_id, approved: true });

    await page.goto("/approvals?tab=decided");
    await page.getByText(`Pulled ${word}`).first().click();
    const calls = page.getByRole("list", { name: "Calls to the source" });
    await expect(calls).toContainText("accepted");
    await calls.getByRole("button", { name: "Resend" }).click();
    await expect(calls).toContainText("2 attempts");

    await run.open((await floor.run(workflow)).id);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await shannon.until(() => shannon.called.some(({ path }) => path === `/api/v1/tasks/${workflow}/pause`));
    await expect(page.getByRole("region", { name: "Control request" })).toContainText("Acknowledged by source");
    shannon.say(workflow, "WORKFLOW_PAUSED", { message: "Paused" });
    await expect(run.header.getByText("Paused", { exact: true })).toBeVisible();
    await expect(page.getByRole("list", { name: "Receipt of the control request" }).getByRole("listitem").last()).not.toContainText(
      "not yet",
    );
    shannon.say(workflow, "WORKFLOW_RESUMED");
    shannon.say(workflow, "WORKFLOW_COMPLETED");
    shannon.say(workflow, "STREAM_END");
    await expect(run.header.getByText("Succeeded", { exact: true })).toBeVisible();

    const receiver = await startReceiver();
    await page.getByRole("button", { name: "Resend this run's events" }).click();
    const resend = page.getByRole("dialog", { name: "Resend this run's events" });
    await resend.getByLabel("URL").fill(`${receiver.url}/${word}`);
    await resend.getByRole("button", { name: "Start replay" }).click();
    await expect(resend.getByRole("list", { name: "Replays" })).toContainText("Done");
    expect(receiver.received.length).toBeGreaterThan(1);
    await receiver.stop();

    await page.goto("/settings");
    await expect(stream).toContainText("Ended");
    await source.getByRole("button", { name: "Disconnect", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
    await expect(source.getByRole("list", { name: "Streams" })).toHaveCount(0);
  } finally {
    await shannon.stop();
  }
});
