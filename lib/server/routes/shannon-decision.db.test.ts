import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

let runs = 0;
/** A run that waits for one request, with arguments that are an object. */
async function asked(): Promise<string> {
  runs += 1;
  const run = `asked-${runs}`;
  await server.send("/events", [
    { workflow_id: run, type: "WORKFLOW_STARTED" },
    { workflow_id: run, type: "APPROVAL_REQUESTED", payload: { approval_id: "appr-1", tool_name: "fs", details: { path: "/a" } } },
  ]);
  return run;
}

const decide = (run: string, body: object | string) =>
  server.send(
    "/api/v1/approvals/decision",
    typeof body === "string" ? body.replace("RUN", run) : { workflow_id: run, approval_id: "appr-1", ...body },
  );
const decisionOf = async (run: string) => {
  const { approvals } = (await (await server.fetch(`/api/approvals?run=${run}&status=approved,denied`)).json()) as {
    approvals: Approval[];
  };
  return approvals[0]?.decision;
};

describe("a decision as Shannon's clients write it", () => {
  it("is a plain yes where the fields that say nothing are sent empty, as a Go client does", async () => {
    const run = await asked();
    const reply = await decide(run, { run_id: "", approved: true, feedback: "", modified_action: "", approved_by: "" });
    expect(reply.status).toBe(200);
    expect(await decisionOf(run)).toMatchObject({ decision: "approve", editedArguments: null, comment: null });
  });

  it("is a plain no where they are null, as a JavaScript client has what nobody filled in", async () => {
    const run = await asked();
    const none = { run_id: null, decision: null, feedback: null, reason: null, comments: null, modified_action: null };
    const reply = await decide(run, { approved: false, ...none });
    expect([reply.status, await reply.json()]).toMatchObject([200, { success: true, run_id: expect.stringMatching(/^[0-9a-f-]{36}$/) }]);
    expect(await decisionOf(run)).toMatchObject({ decision: "deny", comment: null });
  });

  it("has the first words that say something", async () => {
    const run = await asked();
    expect((await decide(run, { decision: "denied", approved: null, feedback: "", comments: "not today" })).status).toBe(200);
    expect(await decisionOf(run)).toMatchObject({ decision: "deny", comment: "not today" });
  });

  it("says neither yes nor no when both places are null", async () => {
    const reply = await decide(await asked(), { approved: null, decision: null });
    expect([reply.status, await reply.json()]).toMatchObject([400, { error: { path: "approved" } }]);
  });

  it("edits arguments by JSON in the text that Shannon's field is, digit by digit", async () => {
    const run = await asked();
    const edited = JSON.stringify('{"path":"/b","row":9007199254740993}');
    const reply = await decide(run, `{"workflow_id":"RUN","approval_id":"appr-1","approved":true,"modified_action":${edited}}`);
    expect(reply.status).toBe(200);
    const told = await (await server.fetch(`/api/approvals?run=${run}&status=approved`)).text();
    expect(told).toContain('"editedArguments":{"path":"/b","row":9007199254740993}');
  });

  it("does not take words for arguments that are an object", async () => {
    const reply = await decide(await asked(), { approved: true, modified_action: "use a copy" });
    expect([reply.status, await reply.json()]).toMatchObject([422, { error: { code: "schema_mismatch" } }]);
  });
});
