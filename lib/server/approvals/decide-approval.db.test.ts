import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import type { EventPage } from "@/lib/core/api/event";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const startOf = {
  shannon: (run: string) => ({ workflow_id: run, type: "WORKFLOW_STARTED", payload: { query: "Clean up" }, seq: 1 }),
  "agent-os": (run: string) => ({ event_type: "run_start", sdk_run_id: run, payload: { framework: "none" } }),
  powabase: (run: string) => ({ event: "start", run_id: run }),
  crewship: (run: string) => ({ type: "run.started", run_id: run }),
  resonant: (run: string) => ({ id: `evt_${run}`, type: "session.started", data: { session_id: run, goal: "Clean up" } }),
};
type Dialect = keyof typeof startOf;
const dialects = Object.keys(startOf) as Dialect[];

const start = async (dialect: Dialect, run: string) => {
  const reply = await server.send(`/api/ingest/${dialect}`, startOf[dialect](run));
  expect(reply.status).toBeLessThan(300);
};
const ask = async (run: string, more: object = {}, path = "/api/approvals") => {
  const reply = await server.send(path, { run, kind: "tool", tool: "delete_file", arguments: { path: "/tmp/a" }, ...more });
  expect(reply.status).toBe(201);
  return (await reply.json()) as Approval;
};
const decide = (approval: Pick<Approval, "id" | "actionHash">, body: object, headers: Record<string, string> = {}) =>
  server.send(`/api/approvals/${approval.id}/decision`, { actionHash: approval.actionHash, ...body }, headers);
const read = async (id: string) => (await (await server.fetch(`/api/approvals/${id}`)).json()) as Approval;
const eventsOf = async (run: string, types = "approval.decided") =>
  ((await (await server.fetch(`/api/runs/${run}/events?types=${types}&raw=1`)).json()) as EventPage).events;
const refused = async (reply: Response) =>
  (await reply.json()) as { error: { code: string; message: string; path?: string }; approval?: Approval };

describe.each(dialects)("a request in a run of %s", (dialect) => {
  it("says nothing that nobody said: no question, and no answer beside a yes or a no", async () => {
    const run = `unsaid-${dialect}`;
    await start(dialect, run);
    const approval = await ask(run);
    expect(approval.question).toBeNull();
    expect((await decide(approval, { decision: "approve" })).status).toBe(200);
    expect((await read(approval.id)).decision).toMatchObject({ decision: "approve", answer: null });
    const [decided] = await eventsOf(run);
    expect(decided?.approval).toMatchObject({ tool: "delete_file", decision: "approved" });
    expect(decided?.approval).not.toHaveProperty("answer");
  });

  it("is known by one id and one hash to everybody who is told of it, whatever id its agent gave it", async () => {
    const run = `known-${dialect}`;
    await start(dialect, run);
    for (const id of [undefined, "my-own-7"]) {
      const approval = await ask(run, { ...(id === undefined ? {} : { id }), tool: id ?? "delete_file" });
      await decide(approval, { decision: "deny" });
      const told = (await eventsOf(run, "approval.requested,approval.decided")).filter(({ seq }) => seq >= (approval.requestedSeq ?? 0));
      expect(told.map(({ approval }) => approval)).toMatchObject([
        { requestId: approval.id, actionHash: approval.actionHash, ...(id === undefined ? {} : { id }) },
        { requestId: approval.id, actionHash: approval.actionHash, requestSeq: approval.requestedSeq, ...(id === undefined ? {} : { id }) },
      ]);
    }
  });

  it("becomes one row, is decided once, and the decision is one event of the run in that system's words", async () => {
    const run = `flow-${dialect}`;
    await start(dialect, run);
    const approval = await ask(run, { question: "May I?", risk: "high", expiresInSeconds: 600 });
    expect(approval).toMatchObject({
      status: "pending",
      kind: "tool",
      tool: "delete_file",
      arguments: { path: "/tmp/a" },
      question: "May I?",
    });
    expect(approval.run).toMatchObject({ externalId: run, dialect });
    expect(Date.parse(approval.expiresAt ?? "") - Date.parse(approval.askedAt)).toBe(600_000);
    const reply = await decide(approval, { decision: "deny", comment: "Not that one" });
    expect(reply.status).toBe(200);
    const decided = await read(approval.id);
    expect(decided).toMatchObject({
      status: "denied",
      decision: { decision: "deny", by: "local owner", comment: "Not that one", through: "watchfloor" },
    });
    expect(decided.receipt?.recordedAt).not.toBeNull();
    const events = await eventsOf(run);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      origin: "watchfloor",
      approval: { decision: "denied", decidedBy: "local owner", comment: "Not that one" },
    });
    const { state } = (await (await server.fetch(`/api/runs/${run}/state`)).json()) as {
      state: { approvals: { entries: { status: string }[]; pending: number } };
    };
    expect([state.approvals.pending, state.approvals.entries.map((entry) => entry.status)]).toEqual([0, ["denied"]]);
  });
});

describe("what a request is asked in and decided by", () => {
  it("is not guessed where two systems have a run under way with the same id", async () => {
    await start("shannon", "same");
    await start("crewship", "same");
    const wanted = { run: "same", kind: "tool", tool: "t" };
    for (const path of ["/api/approvals", "/api/runs/same/cancel"]) {
      const reply = await server.send(path, path === "/api/approvals" ? wanted : {});
      expect(reply.status).toBe(409);
      expect((await refused(reply)).error).toMatchObject({ code: "conflict", path: "run" });
    }
    await server.send("/api/ingest/crewship", { type: "run.completed", run_id: "same" });
    expect((await ask("same")).run.dialect).toBe("shannon");
  });

  it("is the event that asked, too, whatever id the agent gave it", async () => {
    await start("shannon", "by-seq");
    const { requestedSeq } = await ask("by-seq", { id: "mine" });
    const body = { workflow_id: "by-seq", approval_id: `seq:${requestedSeq}`, approved: true };
    expect((await server.send("/api/v1/approvals/decision", body)).status).toBe(200);
  });
});

describe("exactly one decision", () => {
  it("wins when 100 people decide at once on each of 20 requests; the rest are told who won, and the run holds one event each", async () => {
    await start("shannon", "crowd");
    const approvals = await Promise.all(Array.from({ length: 20 }, (_, n) => ask("crowd", { arguments: { n } })));
    const outcomes = await Promise.all(
      approvals.map((approval) =>
        Promise.all(
          Array.from({ length: 100 }, async (_, n) => {
            const reply = await decide(approval, { decision: n % 2 ? "approve" : "deny", comment: `person ${n}` });
            return { status: reply.status, body: (await reply.json()) as Approval & { error?: { code: string }; approval?: Approval } };
          }),
        ),
      ),
    );
    for (const [index, tries] of outcomes.entries()) {
      const winners = tries.filter(({ status }) => status === 200);
      expect(winners).toHaveLength(1);
      const said = winners[0]?.body.decision?.comment;
      for (const { status, body } of tries.filter((one) => one.status !== 200)) {
        expect([status, body.error?.code]).toEqual([409, "already_decided"]);
        expect(body.approval?.decision?.comment).toBe(said);
        expect(body.approval?.decision?.by).toBe("local owner");
      }
      expect((await read((approvals[index] as Approval).id)).decision?.comment).toBe(said);
    }
    const events = await eventsOf("crowd");
    expect(events).toHaveLength(20);
    expect(new Set(events.map((event) => (event.approval as { id: string }).id)).size).toBe(20);
  });

  it("is given once more to a caller that repeats its request, and no other body takes its key", async () => {
    await start("shannon", "repeat");
    const approval = await ask("repeat");
    const headers = { "idempotency-key": "k1" };
    const first = await decide(approval, { decision: "approve" }, headers);
    const again = await decide(approval, { decision: "approve" }, headers);
    expect([first.status, again.status, again.headers.get("idempotent-replay")]).toEqual([200, 200, "true"]);
    const other = await decide(approval, { decision: "deny" }, headers);
    expect([other.status, (await refused(other)).error.code]).toEqual([422, "idempotency_mismatch"]);
    expect(await eventsOf("repeat")).toHaveLength(1);
  });

  it("is refused with its own word once the request was decided, replaced, out of time, or its run over", async () => {
    for (const run of ["done", "changed", "over"]) await start("shannon", run);
    const done = await ask("done");
    await decide(done, { decision: "approve" });
    const over = await ask("over");
    await server.send("/api/ingest/shannon", { workflow_id: "over", type: "WORKFLOW_COMPLETED", seq: 2 });
    const old = await ask("changed", { id: "a1" });
    const now = await ask("changed", { id: "a1", arguments: { path: "/etc" } });
    const codeOf = async (approval: Approval) => {
      const reply = await decide(approval, { decision: "approve" });
      const body = await refused(reply);
      return [reply.status, body.error.code, body.approval?.status];
    };
    expect(await codeOf(done)).toEqual([409, "already_decided", "approved"]);
    expect(await codeOf(over)).toEqual([409, "run_ended", "cancelled"]);
    expect(await codeOf(old)).toEqual([409, "superseded", "superseded"]);
    expect((await read(old.id)).supersededBy).toBe(now.id);
    expect((await decide(now, { decision: "approve" })).status).toBe(200);
    const late = await server.send("/api/approvals", { run: "over", kind: "tool", tool: "x" });
    expect([late.status, (await refused(late)).error.code]).toEqual([409, "run_ended"]);
  });
});

describe("what is approved", () => {
  it("is what was shown: another hash is refused, and a decision never moves to a request that was changed", async () => {
    await start("shannon", "bound");
    const shown = await ask("bound", { id: "b1" });
    const reply = await decide({ id: shown.id, actionHash: "0".repeat(64) }, { decision: "approve" });
    expect([reply.status, (await refused(reply)).error.code]).toEqual([409, "stale"]);
    expect((await decide(shown, { decision: "approve" })).status).toBe(200);
    const changed = await ask("bound", { id: "b1", arguments: { path: "/etc/passwd" } });
    expect(changed.id).not.toBe(shown.id);
    expect(changed.status).toBe("pending");
    const { state } = (await (await server.fetch("/api/runs/bound/state")).json()) as {
      state: { approvals: { entries: { status: string }[] } };
    };
    expect(state.approvals.entries.map((entry) => entry.status)).toEqual(["approved", "pending"]);
  });

  it("may be edited within the request's JSON schema, and the edited arguments reach the run", async () => {
    await start("crewship", "edited");
    const schema = {
      type: "object",
      properties: { path: { type: "string", maxLength: 8 } },
      required: ["path"],
      additionalProperties: false,
    };
    const approval = await ask("edited", { schema });
    for (const editedArguments of [{ path: "/far/too/long" }, { path: 1 }, {}, { path: "/a", more: 1 }, "text"]) {
      const reply = await decide(approval, { decision: "edit", editedArguments });
      expect([reply.status, (await refused(reply)).error.code]).toEqual([422, "schema_mismatch"]);
    }
    const twice = `{"decision":"edit","actionHash":"${approval.actionHash}","editedArguments":{"path":"/far/too/long","path":"/a"}}`;
    const reply = await server.send(`/api/approvals/${approval.id}/decision`, twice);
    expect((await refused(reply)).error).toMatchObject({ code: "schema_mismatch", path: "editedArguments.path" });
    expect((await decide(approval, { decision: "edit", editedArguments: { path: "/tmp/b" } })).status).toBe(200);
    expect(await read(approval.id)).toMatchObject({
      status: "approved",
      decision: { decision: "edit", editedArguments: { path: "/tmp/b" } },
    });
    expect((await eventsOf("edited"))[0]).toMatchObject({ approval: { decision: "approved", editedArguments: { path: "/tmp/b" } } });
  });

  it("is only what the request allows, and an answer is one of its choices", async () => {
    await start("agent-os", "choices");
    const approval = await ask("choices", {
      kind: "input",
      tool: undefined,
      arguments: undefined,
      question: "Which?",
      choices: ["a", "b"],
    });
    for (const [body, code] of [
      [{ decision: "approve" }, "invalid_decision"],
      [{ decision: "answer" }, "invalid_decision"],
      [{ decision: "answer", answer: "c" }, "schema_mismatch"],
    ] as const) {
      const reply = await decide(approval, body);
      expect([reply.status, (await refused(reply)).error.code]).toEqual([422, code]);
    }
    expect((await decide(approval, { decision: "answer", answer: "b" })).status).toBe(200);
    expect((await eventsOf("choices"))[0]).toMatchObject({
      source: { type: "human_input_received" },
      raw: { payload: { response: "b", responded_by: "local owner" } },
    });
  });
});

describe("who decides", () => {
  it("is never the key that asked, never a key without the scope, and never what the body says", async () => {
    await start("shannon", "who");
    const agent = await server.key("ingest", "read", "decide");
    const ingestOnly = await server.key("ingest", "read");
    const other = await server.key("decide", "read");
    const as = (key: string, path: string, body: object) => server.send(path, body, { authorization: `Bearer ${key}` });
    const approval = (await (
      await as(agent, "/api/approvals", { run: "who", kind: "tool", tool: "delete_file", arguments: { path: "/" } })
    ).json()) as Approval;
    const path = `/api/approvals/${approval.id}/decision`;
    const body = { decision: "approve", actionHash: approval.actionHash };
    for (const claim of [{ approved_by: "the boss" }, { by: "the boss" }])
      expect((await as(other, path, { ...body, ...claim })).status).toBe(400);
    const own = await as(agent, path, body);
    expect([own.status, (await refused(own)).error.code]).toEqual([403, "own_request"]);
    expect((await as(ingestOnly, path, body)).status).toBe(403);
    expect((await as(other, path, body)).status).toBe(200);
    expect((await read(approval.id)).decision?.by).toBe("read+decide".split("+").reverse().join("+"));
  });

  it("is not an agent that reports a decision about what it asked through our door", async () => {
    await start("shannon", "forged");
    const approval = await ask("forged");
    const key = await server.key("ingest");
    await server.send(
      "/api/ingest/shannon",
      {
        workflow_id: "forged",
        type: "APPROVAL_DECISION",
        seq: 2,
        payload: {
          approval_id: approval.key,
          decision: "approved",
          watchfloor: { decision: "approved", request_seq: approval.requestedSeq },
        },
      },
      { authorization: `Bearer ${key}` },
    );
    await server.send("/api/ingest/shannon", {
      workflow_id: "forged",
      type: "APPROVAL_DECISION",
      seq: 3,
      payload: { decision: "approved" },
    });
    expect((await read(approval.id)).status).toBe("pending");
    expect((await decide(approval, { decision: "deny" })).status).toBe(200);
    expect((await read(approval.id)).status).toBe("denied");
  });

  it("is shown as reported where the agent's own system decided", async () => {
    await start("shannon", "reported");
    await server.send("/api/ingest/shannon", {
      workflow_id: "reported",
      type: "APPROVAL_REQUESTED",
      seq: 2,
      payload: { approval_id: "appr-1", tool_name: "rm" },
    });
    await server.send("/api/ingest/shannon", {
      workflow_id: "reported",
      type: "APPROVAL_DECISION",
      seq: 3,
      payload: { approval_id: "appr-1", decision: "approved", approved_by: "alice" },
    });
    const { approvals } = (await (await server.fetch("/api/approvals?status=approved&run=reported")).json()) as { approvals: Approval[] };
    expect(approvals).toHaveLength(1);
    expect(approvals[0]).toMatchObject({ decision: { decision: "approve", by: "alice", through: "source" }, receipt: null });
    const reply = await decide(approvals[0] as Approval, { decision: "deny" });
    expect([reply.status, (await refused(reply)).error.code]).toEqual([409, "already_decided"]);
  });

  it("is nobody who only reads: a GET never decides, and an unknown request is not found", async () => {
    await start("shannon", "get");
    const approval = await ask("get");
    const get = await server.fetch(`/api/approvals/${approval.id}/decision?decision=approve&actionHash=${approval.actionHash}`);
    expect(get.status).toBe(405);
    expect((await read(approval.id)).status).toBe("pending");
    for (const id of ["0d4f3b1e-6a52-4c6e-9a53-0f6f7b0f2a11", "nonsense", "seq:1"]) {
      expect((await server.fetch(`/api/approvals/${id}`)).status).toBe(404);
      expect((await decide({ id, actionHash: approval.actionHash }, { decision: "approve" })).status).toBe(404);
    }
  });
});
