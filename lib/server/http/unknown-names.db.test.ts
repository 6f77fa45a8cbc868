import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await server.send("/events", { workflow_id: "r", type: "WORKFLOW_STARTED", seq: 1 });
});
afterAll(() => server.stop());

const told = async (reply: Response) => [reply.status, await reply.json()] as const;
const refused = (path: string, hint: RegExp) => [400, { error: { code: "invalid_request", path, hint: expect.stringMatching(hint) } }];

describe("a field that a route of ours does not know", () => {
  it("keeps a request from a person, who would see one without its arguments", async () => {
    const ask = (more: object) => server.send("/api/approvals", { run: "r", kind: "tool", tool: "delete_files", ...more });
    expect(await told(await ask({ argumnets: { path: "/" } }))).toMatchObject(refused("argumnets", /^Did you mean "arguments"\?/));
    expect(await told(await ask({ colour: "red" }))).toMatchObject(refused("colour", /^Known: run, id, kind, tool/));
    expect(await told(await ask({ arguments: { anything: { of: "theirs" } } }))).toMatchObject([201, { status: "pending" }]);
    expect((await (await server.fetch("/api/approvals")).json()).pending).toBe(1);
  });

  it("is named with its place, in whatever it lies", async () => {
    const rule = { name: "R", kind: "run-failed", alert: 1, filter: { agnet: "a" } };
    expect(await told(await server.send("/api/alerts/rules", rule))).toMatchObject(refused("filter.agnet", /^Did you mean "agent"\?/));
    const channel = { kind: "webhook", name: "n", adress: "http://127.0.0.1:9/" };
    expect((await told(await server.send("/api/alerts/channels", channel)))[0]).toBe(400);
    const budget = { name: "B", scope: "project", unit: "tokens", amount: 1, windw: "day" };
    expect(await told(await server.send("/api/budgets", budget))).toMatchObject(refused("windw", /^Did you mean "window"\?/));
    expect(await told(await server.send("/api/runs/r/pause", { raeson: "x" }))).toMatchObject(
      refused("raeson", /^Did you mean "reason"\?/),
    );
  });

  it("is told apart from the one that is missing for it, also where others call it so", async () => {
    const decide = (wanted: object) => server.send("/api/approvals/6b1f0e0a-0000-4000-8000-000000000000/decision", wanted);
    const hash = "0".repeat(64);
    expect(await told(await decide({ decision: "deny", actionHash: hash, reason: "no" }))).toMatchObject(
      refused("reason", /^Did you mean "comment"\?/),
    );
    expect(await told(await decide({ action: "deny", actionHash: hash }))).toMatchObject(refused("action", /^Did you mean "decision"\?/));
    expect(await told(await decide({ decision: "deny", action_hash: hash }))).toMatchObject(
      refused("action_hash", /^Did you mean "actionHash"\?/),
    );
  });

  it("is missing where nothing stands for it, and said to be", async () => {
    const ask = (body: object) => server.send("/api/approvals", body);
    const missing = (path: string, hint: unknown) => [400, { error: { path, message: `The field "${path}" is missing.`, hint } }];
    expect(await told(await ask({ kind: "tool" }))).toMatchObject(missing("run", "It must be a string."));
    expect(await told(await ask({ run: "r" }))).toMatchObject(missing("kind", expect.stringMatching(/^It must be one of tool, /)));
    expect(await told(await ask({ run: null, kind: "tool" }))).toMatchObject([
      400,
      { error: { path: "run", message: expect.stringMatching(/null/) } },
    ]);
  });

  it("is refused when it stands twice", async () => {
    const twice = '{"run":"r","kind":"tool","tool":"read","tool":"delete_files"}';
    expect(await told(await server.send("/api/approvals", twice))).toMatchObject([
      400,
      { error: { code: "invalid_request", path: "tool" } },
    ]);
  });

  it("is left to the systems' own clients, who send more than we read", async () => {
    const paused = await server.send("/api/v1/tasks/r/pause", { reason: "x", requested_by: "somebody" });
    expect(paused.status).toBe(202);
    const asked = { run_id: "h", call_id: "c", spec: { fn: "f", kwargs: {}, channel: null }, colour: "red" };
    expect((await server.send("/api/humanlayer/v1/function_calls", asked)).status).toBe(200);
    const webhook = { url: "http://127.0.0.1:9/", events: ["*"], active: true };
    expect((await server.send("/webhooks", webhook)).status).toBe(201);
  });
});

describe("a parameter that a route of ours does not know", () => {
  it("is refused where it would have been a filter", async () => {
    expect(await told(await server.fetch("/api/runs?statsu=failed"))).toMatchObject(refused("?statsu=", /^Did you mean "status"\?/));
    expect(await told(await server.fetch("/api/runs/r/events?form=2"))).toMatchObject(refused("?form=", /^Did you mean "from"\?/));
    expect(await told(await server.fetch("/api/keys?colour=red"))).toMatchObject(refused("?colour=", /^It takes no parameters\.$/));
    expect((await server.fetch("/api/runs?statsu=failed", { method: "HEAD" })).status).toBe(400);
  });

  it("is left to streams, the systems' doors and what monitors ask", async () => {
    for (const path of [
      "/api/runs/r/events?types[]=run.started",
      "/api/runs/r/events?types[0]=run.started",
      "/api/health?ts=1",
      "/api/v1/tasks?colour=red",
    ])
      expect([path, (await server.fetch(path)).status]).toEqual([path, 200]);
    const stream = await server.fetch("/api/runs/r/stream?lastEventId=1");
    expect(stream.status).toBe(200);
    await stream.body?.cancel();
  });
});

// Who asked for the 101st of them was told that there is none.
describe("a filter of more types than are looked for", () => {
  const types = Array.from({ length: 101 }, (_, n) => `type.n${n}`).join();

  it.each([
    "/api/runs/r/events",
    "/api/runs/r/stream",
    "/api/v1/tasks/r/events",
    "/api/v1/stream/sse?workflow_id=r",
    "/api/v1/stream/sse?workflow_id=nobody",
    "/v1/runs/r/events",
    "/api/agents/runs/r/stream",
    "/api/v1/events",
    "/v1/events/subscribe",
  ])("is refused, and one of a hundred is not: %s", async (path) => {
    const dialect = { "/v1/runs/r/events": "crewship", "/api/agents/runs/r/stream": "powabase" }[path];
    if (dialect) await server.send(`/api/ingest/${dialect}?run=r`, { type: "log", event: "start", message: "m" });
    const ask = (asked: string) => server.fetch(`${path}${path.includes("?") ? "&" : "?"}types=${asked}`);
    expect(await told(await ask(types))).toMatchObject(refused("?types=", /to match all types that begin/));
    const most = await ask(types.slice(0, types.lastIndexOf(",")));
    expect(most.status).toBe(200);
    await most.body?.cancel();
  });
});
