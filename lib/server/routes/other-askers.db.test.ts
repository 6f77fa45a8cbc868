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

  it("ask about a function and poll until a human decided", async () => {
    const body = { run_id: "hl-1", call_id: "call-1", spec: { fn: "send_email", kwargs: { to: "a@example.com" } } };
    for (let again = 0; again < 2; again++) {
      const asked = await server.send("/api/humanlayer/v1/function_calls", body);
      expect(await asked.json()).toMatchObject({ ...body, status: { approved: null, responded_at: null } });
    }
    await decide(await waiting("send_email"), { decision: "deny", comment: "Too early" });
    expect(await poll("function_calls/call-1")).toMatchObject({ approved: false, comment: "Too early" });
    expect((await server.fetch("/api/humanlayer/v1/function_calls/nobody")).status).toBe(404);
  });

  it("ask a question and get the answer", async () => {
    await server.send("/api/humanlayer/v1/human_contacts", { run_id: "hl-1", call_id: "call-2", spec: { msg: "Which colour?" } });
    expect(await poll("human_contacts/call-2")).toMatchObject({ response: null });
    await decide(await waiting("Which colour?"), { decision: "answer", answer: "Blue" });
    expect(await poll("human_contacts/call-2")).toMatchObject({ response: "Blue" });
  });
});
