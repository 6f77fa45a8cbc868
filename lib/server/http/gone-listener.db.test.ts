import { once } from "node:events";
import { get } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import type { RunControl } from "@/lib/core/api/control";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => server.stop());

const json = async <T>(reply: Response | Promise<Response>) => (await (await reply).json()) as T;
const startRun = (run: string) => server.send("/api/ingest/shannon", { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1 });
const ask = (run: string) =>
  json<Approval>(server.send("/api/approvals", { run, kind: "tool", tool: "delete_file", arguments: { path: "/tmp/a" } }));
const edit = async ({ id, actionHash }: Approval) =>
  expect(
    (await server.send(`/api/approvals/${id}/decision`, { actionHash, decision: "edit", editedArguments: { path: "/secret" } })).status,
  ).toBe(200);
/** The list, unlike the request itself, is not what an agent asks for its answer. */
const listed = async (run: string, status = "approved") =>
  (await json<{ approvals: Approval[] }>(server.fetch(`/api/approvals?run=${run}&status=${status}`))).approvals[0];
const revoke = async (id: string) => expect((await server.fetch(`/api/keys/${id}`, { method: "DELETE" })).status).toBe(204);
const newKey = () => json<{ id: string; key: string }>(server.send("/api/keys", { name: "waits", scopes: ["read", "ingest"] }));

/** Hears when somebody waits, who was let in before that. */
function waits(on: "decisions" | "controls"): () => Promise<void> {
  const spy = vi.spyOn(server.services[on], "watch");
  return () => expect.poll(() => spy.mock.calls.length).toBe(1);
}

/** Who asks now is told, so that it is noted as told now if it never was before. */
async function firstToldNow(run: string, approval: Approval): Promise<void> {
  await server.fetch(`/api/approvals/${approval.id}`);
  await expect.poll(async () => (await listed(run))?.receipt?.deliveredVia).toBe("poll");
}

describe("who waits with a key that is revoked meanwhile", () => {
  it("is not told the decision by long poll, and no receipt says so", async () => {
    await startRun("poll");
    const approval = await ask("poll");
    const key = await newKey();
    const waiting = waits("decisions");
    const polled = fetch(`${server.url}/api/approvals/${approval.id}?wait=50`, { headers: { "x-api-key": key.key } });
    await waiting();
    await revoke(key.id);
    await edit(approval);
    const reply = await polled;
    expect([reply.status, (await reply.text()).includes("/secret")]).toEqual([401, false]);
    await firstToldNow("poll", approval);
  });

  it("is not told the decision as Claude Code's hook, and no receipt says so", async () => {
    const key = await newKey();
    const waiting = waits("decisions");
    const hook = { session_id: "hook", hook_event_name: "PreToolUse", tool_name: "Bash", tool_input: { command: "ls" } };
    const hooked = server.send("/api/hooks/claude-code?wait=50", hook, { authorization: `Bearer ${key.key}` });
    await waiting();
    await revoke(key.id);
    const approval = (await listed("hook", "pending")) as Approval;
    await edit(approval);
    const reply = await hooked;
    expect([reply.status, (await reply.text()).includes("/secret")]).toEqual([401, false]);
    await firstToldNow("hook", approval);
  });

  it("is not told a control request by long poll, and no receipt says so", async () => {
    await startRun("control");
    const key = await newKey();
    const waiting = waits("controls");
    const polled = fetch(`${server.url}/api/runs/control/control?wait=50`, { headers: { "x-api-key": key.key } });
    await waiting();
    await revoke(key.id);
    await server.send("/api/runs/control/pause", { reason: "a secret" });
    const reply = await polled;
    expect([reply.status, (await reply.text()).includes("a secret")]).toEqual([401, false]);
    const sentVia = async () => (await json<RunControl>(server.fetch("/api/runs/control/control"))).latest?.sentVia;
    await expect.poll(sentVia).toBe("poll");
  });
});

describe("who hung up while it waited", () => {
  it("was not told the decision, and no receipt says so", async () => {
    await startRun("hung-up");
    const approval = await ask("hung-up");
    const key = await newKey();
    const waiting = waits("decisions");
    const left = new Promise((resolve) => server.door.server.once("connection", (socket) => void once(socket, "end").then(resolve)));
    const path = `${server.url}/api/approvals/${approval.id}?wait=50`;
    const polled = get(path, { headers: { "x-api-key": key.key }, agent: false }).on("error", () => {});
    await waiting();
    polled.destroy();
    await left;
    await edit(approval);
    await firstToldNow("hung-up", approval);
  });
});
