import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import type { StandingList } from "@/lib/core/standing/standing";
import { startTestServer, type TestServer } from "@/test/server";
import { expireApprovals } from "../approvals/expire-approvals";

let server: TestServer;
let agent: string;
beforeAll(async () => {
  server = await startTestServer();
  agent = await server.key("ingest", "read");
});
afterAll(() => server.stop());

const as = (key: string) => ({ authorization: `Bearer ${key}` });
type Decided = { readonly type: string; readonly approval?: { readonly decision?: string; readonly decidedBy?: string } };
const read = async <T>(path: string) => (await (await server.fetch(path)).json()) as T;
const approval = (id: string) => read<Approval>(`/api/approvals/${id}`);
const held = async () => (await read<StandingList>("/api/standing-approvals")).standing;

async function begin(run: string): Promise<void> {
  await server.send("/events", { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1, agent_id: "cleaner", payload: { query: "Clean up" } });
}

async function ask(run: string, args: object, more: object = {}, key = agent): Promise<Approval> {
  const body = { run, kind: "tool", tool: "delete_file", arguments: args, agent: "cleaner", ...more };
  const reply = await server.send("/api/approvals", body, as(key));
  expect(reply.status, await reply.clone().text()).toBe(201);
  return (await reply.json()) as Approval;
}

function decide({ id, actionHash }: Approval, body: object, headers = {}): Promise<Response> {
  return server.send(`/api/approvals/${id}/decision`, { decision: "approve", actionHash, ...body }, headers);
}

async function allow(run: string, args: object, standing: object): Promise<void> {
  await begin(run);
  const reply = await decide(await ask(run, args), { standing: { uses: 5, minutes: 30, ...standing } });
  expect(reply.status, await reply.clone().text()).toBe(200);
}

/** What became of it when everything that is allowed in advance was looked through. */
async function settled(asked: Approval): Promise<Approval> {
  await server.services.standing.round();
  return approval(asked.id);
}

describe("what is allowed in advance", () => {
  it("is approved exactly as often as was said, however many ask at once, each by one event that names who allowed it", async () => {
    await allow("fuse", { path: "/tmp/a" }, {});
    const asked = await Promise.all(Array.from({ length: 100 }, (_, n) => ask("fuse", { path: "/tmp/a" }, { id: `one-${n}` })));
    const rounds = [server.services.standing.round(), server.services.standing.round(), server.services.standing.round()];
    await Promise.all(rounds);
    const found = await Promise.all(asked.map(({ id }) => approval(id)));
    const approved = found.filter(({ status }) => status === "approved");
    expect(approved.length).toBe(5);
    expect(found.filter(({ status }) => status === "pending").length).toBe(95);
    for (const { decision } of approved) expect(decision).toMatchObject({ by: "standing approval by local owner", through: "watchfloor" });
    expect(approved.map(({ decision }) => decision?.comment).sort()).toEqual(
      [1, 2, 3, 4, 5].map((n) => `Standing approval: use ${n} of 5`),
    );
    const { events } = await read<{ events: Decided[] }>("/api/runs/fuse/events?limit=1000");
    const decisions = events.filter(({ type }) => type === "approval.decided");
    expect(decisions.filter(({ approval: of }) => of?.decidedBy === "standing approval by local owner").length).toBe(5);
    expect(decisions.length).toBe(6);
    expect(await held()).toEqual([]);
  });

  it("is what is asked afterwards: what waits already was perhaps seen and left, and stays with a person", async () => {
    await begin("earlier");
    const waiting = await ask("earlier", { path: "/tmp/a" });
    await allow("earlier", { path: "/tmp/a" }, {});
    expect(await settled(await ask("earlier", { path: "/tmp/a" }))).toMatchObject({ status: "approved" });
    expect(await settled(waiting)).toMatchObject({ status: "pending" });
    const [standing] = await held();
    expect(standing).toMatchObject({ uses: 1, maxUses: 5 });
    await server.fetch(`/api/standing-approvals/${standing?.id}`, { method: "DELETE" });
  });

  it("is this tool, this run and these arguments: nothing else", async () => {
    await allow("narrow", { path: "/tmp/a", deep: { b: 1, a: [true] } }, { uses: 50 });
    expect(await settled(await ask("narrow", { deep: { a: [true], b: 1 }, path: "/tmp/a" }))).toMatchObject({ status: "approved" });
    await begin("elsewhere");
    const others = [
      await ask("narrow", { path: "/tmp/b", deep: { b: 1, a: [true] } }),
      await ask("narrow", { path: "/tmp/a", deep: { b: 1, a: [true] }, force: true }),
      await ask("narrow", { path: "/tmp/a" }),
      await ask("narrow", { path: "/tmp/a\u200b", deep: { b: 1, a: [true] } }),
      await ask("narrow", { path: "/tmp/a", deep: { b: 1, a: [true] } }, { tool: "delete_folder" }),
      await ask("narrow", { path: "/tmp/a", deep: { b: 1, a: [true] } }, { allowed: ["deny"] }),
      await ask("elsewhere", { path: "/tmp/a", deep: { b: 1, a: [true] } }),
    ];
    for (const other of others) expect(await settled(other)).toMatchObject({ status: "pending" });
    const [one] = await held();
    expect(one).toMatchObject({ tool: "delete_file", uses: 1, maxUses: 50, createdBy: "local owner", scope: "run" });
    await server.fetch(`/api/standing-approvals/${one?.id}`, { method: "DELETE" });
    expect(await held()).toEqual([]);
    expect(await settled(await ask("narrow", { path: "/tmp/a", deep: { b: 1, a: [true] } }, { id: "late" }))).toMatchObject({
      status: "pending",
    });
    expect((await server.fetch("/api/standing-approvals/none", { method: "DELETE" })).status).toBe(404);
  });

  it("can be a pattern, for every run of the agent", async () => {
    await allow(
      "wide",
      { path: "/tmp/a", size: 3 },
      { scope: "agent", uses: 50, rules: { path: { is: "like", pattern: "/tmp/*" }, size: { is: "between", min: 0, max: 9 } } },
    );
    await begin("wide-too");
    expect(await settled(await ask("wide-too", { path: "/tmp/other", size: 9 }))).toMatchObject({ status: "approved" });
    for (const args of [
      { path: "/tmp/../etc", size: 1 },
      { path: "/tmp/a/b", size: 1 },
      { path: "/tmp/x", size: 10 },
    ])
      expect(await settled(await ask("wide-too", args))).toMatchObject({ status: "pending" });
    expect(await settled(await ask("wide-too", { path: "/tmp/x", size: 1 }, { agent: "other" }))).toMatchObject({ status: "pending" });
    for (const { id } of await held()) await server.fetch(`/api/standing-approvals/${id}`, { method: "DELETE" });
  });

  it("never speaks for text that programs read differently: a repeated name, a number that only seems the same", async () => {
    const asking = (id: string, args: string) =>
      `{"workflow_id":"odd","type":"APPROVAL_REQUESTED","seq":${id.length + 10},"agent_id":"cleaner","payload":{"approval_id":"${id}","tool":"pay","arguments":${args}}}`;
    await begin("odd");
    await server.send("/events", asking("a", '{"to":"x","to":"x","amount":5}'));
    const [first] = (await read<{ approvals: Approval[] }>("/api/approvals?run=odd")).approvals;
    const refused = await decide(first as Approval, { standing: { uses: 1, minutes: 1 } });
    expect(refused.status).toBe(422);
    expect((await refused.json()).error).toMatchObject({ code: "invalid_decision", path: "standing.rules" });
    expect(await approval(first?.id ?? "")).toMatchObject({ status: "pending" });
    await server.send("/events", asking("bb", '{"to":"x","amount":5}'));
    const plain = (await read<{ approvals: Approval[] }>("/api/approvals?run=odd")).approvals.find(({ key }) => key === "bb");
    expect((await decide(plain as Approval, { standing: { uses: 9, minutes: 1 } })).status).toBe(200);
    await server.send("/events", asking("ccc", '{"to":"y","to":"x","amount":5}'));
    await server.send("/events", asking("dddd", '{"to":"x","amount":5.0000000000000001}'));
    await server.send("/events", asking("eeeee", '{"to":"x","amount":5}'));
    await server.services.standing.round();
    const all = (await read<{ approvals: Approval[] }>("/api/approvals?run=odd&status=pending,approved")).approvals;
    expect(Object.fromEntries(all.map(({ key, status }) => [key, status]))).toEqual({
      a: "pending",
      bb: "approved",
      ccc: "pending",
      dddd: "pending",
      eeeee: "approved",
    });
    for (const { id } of await held()) await server.fetch(`/api/standing-approvals/${id}`, { method: "DELETE" });
  });

  it("cannot be given by the key that asks, and never serves the key that gave it", async () => {
    const both = await server.key("ingest", "read", "decide");
    await begin("self");
    const own = await ask("self", { path: "/tmp/a" }, {}, both);
    const reply = await decide(own, { standing: { uses: 5, minutes: 5 } }, as(both));
    expect(reply.status).toBe(403);
    expect((await reply.json()).error.code).toBe("own_request");
    const foreign = await ask("self", { path: "/tmp/a" }, { id: "foreign" });
    expect((await decide(foreign, { standing: { uses: 5, minutes: 5 } }, as(both))).status).toBe(200);
    expect(await settled(await ask("self", { path: "/tmp/a" }, { id: "again" }, both))).toMatchObject({ status: "pending" });
    expect(await settled(await ask("self", { path: "/tmp/a" }, { id: "theirs" }))).toMatchObject({ status: "approved" });
    for (const { id } of await held()) await server.fetch(`/api/standing-approvals/${id}`, { method: "DELETE" });
  });

  it("ends with its money and with its time", async () => {
    await allow("money", { path: "/tmp/a" }, { maxNanos: 2_000_000_000 });
    const spend = (seq: number, usd: number) =>
      server.send("/events", {
        workflow_id: "money",
        type: "LLM_OUTPUT",
        seq,
        agent_id: "cleaner",
        payload: { model: "gpt-5", cost_usd: usd, input_tokens: 1, output_tokens: 1 },
      });
    await spend(50, 1.5);
    expect(await settled(await ask("money", { path: "/tmp/a" }, { id: "m1" }))).toMatchObject({ status: "approved" });
    expect(await held()).toMatchObject([{ spentNanos: 1_500_000_000, maxNanos: 2_000_000_000, uses: 1 }]);
    await spend(51, 0.5);
    expect(await settled(await ask("money", { path: "/tmp/a" }, { id: "m2" }))).toMatchObject({ status: "pending" });
    expect(await held()).toEqual([]);
    await allow("time", { path: "/tmp/a" }, {});
    await server.services.pool`update standing_approvals set ends_at_ms = ${Date.now() - 1} where uses = 0`;
    expect(await settled(await ask("time", { path: "/tmp/a" }, { id: "t1" }))).toMatchObject({ status: "pending" });
  });

  it.each([
    [{ uses: 0, minutes: 1 }, 400, "standing.uses"],
    [{ uses: 1 }, 400, "standing.minutes"],
    [{ uses: 1, minutes: 1, rules: { path: { is: "regex", pattern: ".*" } } }, 400, "standing.rules.path.is"],
    [{ uses: 1, minutes: 1, rules: { other: { is: "any" } } }, 422, "standing.rules.other"],
  ])("is refused where it says nothing that can be kept: %j", async (standing, status, path) => {
    await begin("refused");
    const reply = await decide(await ask("refused", { path: "/tmp/a" }, { id: `r-${path}` }), { standing });
    expect([reply.status, (await reply.json()).error.path]).toEqual([status, path]);
  });
});

describe("a project's policy", () => {
  const change = (policy: object) =>
    server.fetch("/api/approval-policy", { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(policy) });

  it("gives requests without a deadline one, says what its passing means, and may forbid to allow in advance", async () => {
    expect(await read("/api/approval-policy")).toEqual({ deadlineSeconds: null, onDeadline: "expire", standingAllowed: true });
    await begin("policy");
    const before = await ask("policy", { n: 0 });
    expect(before.expiresAt).toBeNull();
    expect((await change({ deadlineSeconds: 600, onDeadline: "deny", standingAllowed: false })).status).toBe(200);
    const asked = await ask("policy", { n: 1 });
    expect(Date.parse(asked.expiresAt ?? "") - Date.parse(asked.askedAt)).toBe(600_000);
    const own = await ask("policy", { n: 2 }, { expiresInSeconds: 60 });
    expect(Date.parse(own.expiresAt ?? "") - Date.parse(own.askedAt)).toBe(60_000);
    expect((await decide(own, { standing: { uses: 1, minutes: 1 } })).status).toBe(403);
    await server.services.pool`update approvals set expires_at_ms = ${Date.now() - 1} where id = ${asked.id}`;
    await expireApprovals();
    expect(await approval(asked.id)).toMatchObject({ status: "denied", decision: { decision: "deny", by: "the deadline" } });
    const { events } = await read<{ events: Decided[] }>("/api/runs/policy/events?limit=100");
    expect(events.filter(({ type, approval: of }) => type === "approval.decided" && of?.decision === "denied").length).toBe(1);
    expect((await change({ deadlineSeconds: null, onDeadline: "expire", standingAllowed: true })).status).toBe(200);
  });

  it("never takes silence for a yes", async () => {
    const reply = await change({ deadlineSeconds: 600, onDeadline: "approve", standingAllowed: true });
    expect(reply.status).toBe(400);
    expect((await reply.json()).error.path).toBe("onDeadline");
  });
});
