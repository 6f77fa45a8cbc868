import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** The request that waits for this tool, read again until it is there. */
const waiting = async (tool: string): Promise<Approval> => {
  for (;;) {
    const { approvals } = (await (await server.fetch("/api/approvals")).json()) as { approvals: Approval[] };
    const found = approvals.find((approval) => approval.tool === tool || approval.question === tool);
    if (found) return found;
  }
};
const decide = async ({ id, actionHash }: Approval, body: object) =>
  expect((await server.send(`/api/approvals/${id}/decision`, { actionHash, ...body })).status).toBe(200);

describe("Claude Code's hooks", () => {
  const hook = (hook_event_name: string, tool_name: string, query = "") =>
    server
      .send(`/api/hooks/claude-code${query}`, {
        session_id: "s-1",
        hook_event_name,
        tool_name,
        tool_input: { command: "rm -rf /tmp/x" },
        cwd: "/home/me/app",
      })
      .then(async (reply) => [reply.status, await reply.json()] as const);

  it("are answered when a human decided, with the edited input or the reason", async () => {
    const before = hook("PreToolUse", "Bash");
    await decide(await waiting("Bash"), { decision: "edit", editedArguments: { command: "ls /tmp/x" } });
    expect(await before).toEqual([
      200,
      {
        hookSpecificOutput: {
          hookEventName: "PreToolUse",
          permissionDecision: "allow",
          permissionDecisionReason: "Approved by local owner",
          updatedInput: { command: "ls /tmp/x" },
        },
      },
    ]);
    const permission = hook("PermissionRequest", "Write");
    await decide(await waiting("Write"), { decision: "deny", comment: "Not there" });
    expect(await permission).toEqual([
      200,
      {
        hookSpecificOutput: {
          hookEventName: "PermissionRequest",
          decision: { behavior: "deny", message: "Denied by local owner: Not there" },
        },
      },
    ]);
    const run = (await (await server.fetch("/api/runs/s-1")).json()) as { name: string; pendingApprovals: number };
    expect(run).toMatchObject({ name: "Claude Code in /home/me/app", pendingApprovals: 0 });
  });

  it("decide nothing when nobody does in time, and refuse another hook", async () => {
    expect(await hook("PreToolUse", "Edit", "?wait=1")).toEqual([200, {}]);
    expect((await hook("Stop", "Bash"))[0]).toBe(400);
  });
});

describe("HumanLayer's clients", () => {
  const poll = async (path: string) => ((await (await server.fetch(`/api/humanlayer/v1/${path}`)).json()) as { status: object }).status;

  // What its Python client sends for what nobody told it.
  const untold = { channel: null, reject_options: null, response_options: null, state: null };

  it("ask about a function and poll until a human decided", async () => {
    const spec = { fn: "send_email", kwargs: { to: "a@example.com" } };
    const body = { run_id: "hl-1", call_id: "call-1", spec: { ...spec, ...untold }, status: null };
    for (let again = 0; again < 2; again++) {
      const asked = await server.send("/api/humanlayer/v1/function_calls", body);
      expect(await asked.json()).toMatchObject({ run_id: "hl-1", call_id: "call-1", spec, status: { approved: null, responded_at: null } });
    }
    await decide(await waiting("send_email"), { decision: "deny", comment: "Too early" });
    expect(await poll("function_calls/call-1")).toMatchObject({ approved: false, comment: "Too early" });
    expect((await server.fetch("/api/humanlayer/v1/function_calls/nobody")).status).toBe(404);
  });

  it("G15: run what they asked for, whatever a human changes, so that nobody can change it", async () => {
    const spec = { fn: "drop_table", kwargs: { name: "users" } };
    await server.send("/api/humanlayer/v1/function_calls", { run_id: "hl-1", call_id: "call-3", spec });
    const request = await waiting("drop_table");
    expect(request.actions).toEqual(["approve", "deny"]);
    const edit = { actionHash: request.actionHash, decision: "edit", editedArguments: { name: "old_users" } };
    expect((await server.send(`/api/approvals/${request.id}/decision`, edit)).status).toBe(422);
    await decide(request, { decision: "approve" });
    expect(await poll("function_calls/call-3")).toMatchObject({ approved: true, comment: null });
  });

  it("ask a question and get the answer", async () => {
    const body = { run_id: "hl-1", call_id: "call-2", spec: { msg: "Which colour?", subject: null, ...untold }, status: null };
    expect((await server.send("/api/humanlayer/v1/contact_requests", body)).status).toBe(200);
    expect(await poll("contact_requests/call-2")).toMatchObject({ response: null, response_option_name: null });
    await decide(await waiting("Which colour?"), { decision: "answer", answer: "Blue" });
    expect(await poll("contact_requests/call-2")).toMatchObject({ response: "Blue", response_option_name: null });
  });

  it("are told which of their options was chosen, and hear words where nobody gave any: they wait until there are some", async () => {
    const ask = (call_id: string, msg: string) =>
      server.send("/api/humanlayer/v1/contact_requests", {
        ...{ run_id: "hl-1", call_id },
        spec: { msg, response_options: [{ name: "red", title: "Red", description: null }, { name: "blue" }] },
      });
    await ask("call-4", "Red or blue?");
    await decide(await waiting("Red or blue?"), { decision: "answer", answer: "blue" });
    expect(await poll("contact_requests/call-4")).toMatchObject({ response: "blue", response_option_name: "blue" });
    await ask("call-5", "Blue or red?");
    await decide(await waiting("Blue or red?"), { decision: "deny" });
    expect(await poll("contact_requests/call-5")).toMatchObject({ response: "No answer.", response_option_name: null });
  });
});
