import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import { defaultRedaction, type RedactionPolicy } from "@/lib/core/redaction/policy";
import { startTestServer, type TestServer } from "@/test/server";
import { openLog } from "../process/open-log";

// G21: secrets are not kept in clear. What agents tell is dumped whole and searched.
let server: TestServer;
let log = "";
beforeAll(async () => {
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      log += chunk;
      done();
    },
  });
  server = await startTestServer({ log: openLog("trace", stream) });
});
afterAll(() => server.stop());

const secrets = {
  token: "ghp_q8Zt1Kx4Vb7Nn2Mm5Ll8Hh1Gg4Ff7Dd2Ss5Aa",
  password: "tiger-under-the-stairs",
  email: "ann.redacted@example.com",
  card: "4111111111111111",
  own: "EMP-104233",
};
const all: RedactionPolicy = {
  ...{ credentials: true, emails: true, cards: true, fields: ["favourite"] },
  patterns: [{ name: "employee", pattern: "EMP-\\d{6}" }],
};
const change = (policy: object) =>
  server.fetch("/api/redaction", { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(policy) });
const note = {
  headers: { authorization: `Bearer ${secrets.token}` },
  said: `log in as ${secrets.email} with password=${secrets.password}, pay with ${secrets.card}`,
  calls: JSON.stringify([{ arguments: JSON.stringify({ password: secrets.password, who: secrets.own }) }]),
  favourite: "blue-hour-violet",
};
const searched = [...Object.values(secrets), note.favourite];

async function dump(): Promise<string> {
  const { pool } = server.services;
  const tables = await pool`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname = 'public'`;
  let text = "";
  for (const { name } of tables)
    for (const row of await pool.unsafe(`select t::text as text, to_json(t)::text as json from ${name} t`))
      text += `${row.text}\n${row.json}\n`;
  return text;
}

describe("what a policy names (G21)", () => {
  it("is in no table, no log line and no answer, by whatever door it came; the rest of the event is", async () => {
    expect((await change(all)).status).toBe(200);
    const bodies: readonly (readonly [path: string, body: object])[] = [
      [
        "/api/ingest/shannon",
        { workflow_id: "wf-r", type: "TOOL_INVOKED", seq: 1, agent_id: "a", payload: { tool: "login", params: note } },
      ],
      ["/events", { workflow_id: "wf-sink", type: "LLM_OUTPUT", seq: 1, agent_id: "a", message: note.said, payload: note }],
      ["/api/ingest", { event_type: "tool_call", sdk_run_id: "ao-r", agent_name: "a", payload: { tool_name: "login", input: note } }],
      ["/api/ingest/powabase?run=pb-r", { event: "tool_call", data: { name: "login", arguments: note } }],
      ["/api/ingest/crewship?run=cs-r", { type: "tool.started", agent: "a", tool: "login", input: note }],
      ["/api/ingest/resonant", { type: "agent.action", agent_id: "a", session_id: "rg-r", data: note }],
    ];
    for (const [path, body] of bodies) {
      const reply = await server.send(path, body);
      expect([path, reply.status, await reply.text()]).toEqual([path, expect.toSatisfy((status) => status < 300), expect.anything()]);
    }
    const line = JSON.stringify({ workflow_id: "wf-lines", type: "AGENT_STARTED", agent_id: "a", payload: note });
    expect((await server.send("/api/ingest/shannon", `${line}\n`, { "content-type": "application/x-ndjson" })).status).toBe(200);
    const named = `event: said ${secrets.email}\ndata: ${line.replace("wf-lines", "wf-named")}\n\n`;
    expect((await server.send("/api/ingest/shannon", named, { "content-type": "text/event-stream" })).status).toBe(200);
    const frame = `event: AGENT_STARTED\nid: ${secrets.email}\ndata: ${line.replace("wf-lines", "wf-frames")}\n\n`;
    expect((await server.send("/api/ingest/shannon", frame, { "content-type": "text/event-stream" })).status).toBe(200);
    const schema = { type: "object", properties: { to: { type: "string", default: secrets.email, description: note.said } } };
    const request = { run: "wf-r", id: `ask ${secrets.email}`, kind: "tool", tool: "pay", arguments: note, question: note.said, schema };
    expect((await server.send("/api/approvals", request)).status).toBe(201);
    const call = { run_id: "hl-r", call_id: `c1:${secrets.card}`, spec: { fn: "pay", kwargs: note } };
    expect((await server.send("/api/humanlayer/v1/function_calls", call)).status).toBe(200);
    // Who asked goes on using its own id.
    expect((await server.fetch(`/api/humanlayer/v1/function_calls/${call.call_id}`)).status).toBe(200);
    const hook = { session_id: "cc-r", hook_event_name: "PreToolUse", tool_name: "Bash", tool_input: note, cwd: `/home/${secrets.email}` };
    expect((await server.send("/api/hooks/claude-code?wait=1", hook)).status).toBe(200);

    const { runs } = (await (await server.fetch("/api/runs?limit=100")).json()) as { runs: { id: string }[] };
    expect(runs.length).toBeGreaterThanOrEqual(8);
    const answers = await Promise.all(
      ["/api/approvals?tab=waiting", "/metrics", ...runs.flatMap(({ id }) => [`/api/runs/${id}`, `/api/runs/${id}/events?raw=1`])].map(
        async (path) => (await server.fetch(path)).text(),
      ),
    );
    const places = { dump: await dump(), log, answers: answers.join("\n") };
    for (const [place, text] of Object.entries(places))
      for (const secret of searched) expect([place, secret, text.includes(secret)]).toEqual([place, secret, false]);
    for (const name of ["credential", "e-mail", "card", "employee", "favourite"])
      expect(places.answers).toMatch(new RegExp(`\\[redacted ${name} #[0-9a-f]{8}\\]`));
    expect(places.answers).toContain("log in as [redacted e-mail");
    expect(Number(/watchfloor_redacted_values_total (\d+)/.exec(places.answers)?.[1])).toBeGreaterThan(40);
  });

  it("is not in what an inspected event would become, and the inspector says how many values go", async () => {
    await change(all);
    const event = {
      workflow_id: "wf-i",
      type: "TOOL_INVOKED",
      agent_id: "a",
      payload: { tool: "x", params: { password: "p", to: secrets.email } },
    };
    const { events } = (await (await server.send("/api/inspect", { text: JSON.stringify(event) })).json()) as {
      events: { canonical: object }[];
    };
    expect(events).toMatchObject([{ redacted: 2 }]);
    expect(JSON.stringify(events[0]?.canonical)).not.toContain(secrets.email);
  });

  it("is not found out by trying: who may read cannot tell by its mark which of many values was taken out (G19)", async () => {
    await change(all);
    await server.send("/api/ingest/shannon", { workflow_id: "wf-guess", type: "AGENT_STARTED", agent_id: "a", message: secrets.email });
    const stored = await (await server.fetch("/api/runs/wf-guess/events?raw=1")).text();
    const [mark = ""] = /#[0-9a-f]{8}/.exec(stored) ?? [];
    expect(mark).not.toBe("");
    const headers = { authorization: `Bearer ${await server.key("read")}` };
    const event = { workflow_id: "wf-guess", type: "AGENT_STARTED", agent_id: "a", message: secrets.email };
    for (const [path, body] of [
      ["/api/redaction/try", { policy: all, text: secrets.email }],
      ["/api/inspect", { text: JSON.stringify(event), dialect: "shannon" }],
    ] as const) {
      const answer = await (await server.send(path, body, headers)).text();
      expect(answer).toContain("[redacted e-mail #");
      expect(answer).not.toContain(mark);
    }
  });

  it("does not part a run from the name that its sender has for it", async () => {
    await change(all);
    const id = `mail-${secrets.email}`;
    for (const type of ["WORKFLOW_STARTED", "AGENT_STARTED"])
      expect(await (await server.send("/api/ingest/shannon", { workflow_id: id, type, agent_id: "a" })).json()).toMatchObject({
        accepted: 1,
      });
    const run = (await (await server.fetch(`/api/runs/${encodeURIComponent(id)}`)).json()) as { externalId: string; lastSeq: number };
    expect(run).toMatchObject({
      externalId: expect.stringMatching(/^mail-\[redacted e-mail #[0-9a-f]{8}\]$|^\[redacted e-mail/),
      lastSeq: 2,
    });
  });

  it("is a repeat still: the same event is one event, another value under its id is a conflict", async () => {
    await change(all);
    const event = (password: string) => ({
      workflow_id: "wf-twice",
      type: "TOOL_INVOKED",
      seq: 7,
      agent_id: "a",
      payload: { tool: "x", params: { password } },
    });
    const sent = async (password: string) => (await (await server.send("/api/ingest/shannon", event(password))).json()) as object;
    expect(await sent("one")).toMatchObject({ accepted: 1, duplicates: 0 });
    expect(await sent("one")).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await sent("two")).toMatchObject({ rejected: [{ code: "id_conflict" }] });
  });
});

describe("a request with a redacted argument", () => {
  const ask = async (password: string) =>
    (await (
      await server.send("/api/approvals", { run: "wf-ask", id: "k", kind: "tool", tool: "login", arguments: { user: "bot", password } })
    ).json()) as Approval;
  const decide = (approval: Approval, decision: object) =>
    server.send(`/api/approvals/${approval.id}/decision`, { actionHash: approval.actionHash, ...decision });

  it("can be approved and denied; what is not known here is never sent back as if it were", async () => {
    await change(defaultRedaction);
    await server.send("/api/ingest/shannon", { workflow_id: "wf-ask", type: "WORKFLOW_STARTED" });
    const approval = await ask(secrets.password);
    const shown = approval.arguments as { password: string };
    expect(shown).toEqual({ user: "bot", password: expect.stringMatching(/^\[redacted credential #[0-9a-f]{8}\]$/) });
    const kept = await decide(approval, { decision: "edit", editedArguments: { ...shown, user: "root" } });
    expect(kept.status).toBe(422);
    expect(await kept.json()).toMatchObject({ error: { code: "invalid_decision", path: "editedArguments" } });
    const left = await decide(approval, { decision: "edit", editedArguments: { user: "root" } });
    expect(await left.json()).toMatchObject({ status: "approved", decision: { editedArguments: { user: "root" } } });
  });

  it("is another request when the secret is another (G15: a changed request voids)", async () => {
    const first = await ask("first-secret");
    const second = await ask("second-secret");
    expect(second.actionHash).not.toBe(first.actionHash);
    expect((await decide(first, { decision: "approve" })).status).toBe(409);
    expect((await decide(second, { decision: "approve" })).status).toBe(200);
  });
});

describe("the policy", () => {
  it("redacts credentials until somebody says otherwise, holds from the next event on, and is in the audit log", async () => {
    await server.services.pool`delete from redaction_policies`;
    await server.services.redaction.renew((await server.services.pool`select id from projects limit 1`)[0]?.id as string);
    expect(await (await server.fetch("/api/redaction")).json()).toEqual(defaultRedaction);
    const stored = async (run: string) => {
      await server.send("/api/ingest/shannon", {
        workflow_id: run,
        type: "AGENT_STARTED",
        agent_id: "a",
        payload: { password: "p4ssw0rd", to: "a@b.example" },
      });
      const { events } = (await (await server.fetch(`/api/runs/${run}/events?raw=1`)).json()) as { events: { raw: { payload: object } }[] };
      return events[0]?.raw.payload;
    };
    expect(await stored("wf-p1")).toEqual({ password: expect.stringContaining("[redacted"), to: "a@b.example" });
    await change({ ...defaultRedaction, credentials: false });
    expect(await stored("wf-p2")).toEqual({ password: "p4ssw0rd", to: "a@b.example" });
    await change({ ...defaultRedaction, credentials: false, emails: true });
    expect(await stored("wf-p3")).toEqual({ password: "p4ssw0rd", to: expect.stringContaining("[redacted e-mail") });
    const { entries } = (await (await server.fetch("/api/audit")).json()) as { entries: object[] };
    expect(entries[0]).toMatchObject({ action: "redaction.change", detail: "e-mail addresses", outcome: "done" });
  });

  it("is refused with the place of what does not fit", async () => {
    const cases: readonly (readonly [policy: object, path: string])[] = [
      [{ ...all, patterns: [{ name: "x", pattern: "(" }] }, "patterns.0.pattern"],
      [{ ...all, patterns: [...all.patterns, { name: "back", pattern: "(a)\\1" }] }, "patterns.1.pattern"],
      [{ ...all, patterns: [{ name: "x", pattern: "a*" }] }, "patterns.0.pattern"],
      [{ ...all, patterns: [{ name: "x", pattern: "\\pL{500}" }] }, "patterns.0.pattern"],
      [{ ...all, patterns: [{ name: "a]b", pattern: "a" }] }, "patterns.0.name"],
      [{ ...all, fields: [""] }, "fields.0"],
      [{ ...all, emails: "yes" }, "emails"],
    ];
    for (const [policy, path] of cases) {
      const reply = await change(policy);
      expect([reply.status, await reply.json()]).toEqual([400, { error: expect.objectContaining({ code: "invalid_request", path }) }]);
      const trial = await server.send("/api/redaction/try", { policy, text: "a" });
      expect(trial.status).toBe(400);
    }
  });

  it("can be tried on a text without storing or changing anything", async () => {
    const before = await (await server.fetch("/api/redaction")).json();
    const tried = async (policy: object, text: string) => (await server.send("/api/redaction/try", { policy, text })).json();
    expect(await tried(all, `{"who": "${secrets.own}"}`)).toEqual({
      text: expect.stringMatching(/^\{"who":"\[redacted employee #\w{8}\]"\}$/),
      count: 1,
    });
    expect(await tried({ ...all, patterns: [] }, "nothing here")).toEqual({ text: "nothing here", count: 0 });
    expect(await (await server.fetch("/api/redaction")).json()).toEqual(before);
  });

  it("takes patterns that would hang the language's own engine", async () => {
    await change({ ...defaultRedaction, patterns: [{ name: "evil", pattern: "(a+)+$" }] });
    const event = { workflow_id: "wf-evil", type: "AGENT_STARTED", agent_id: "a", message: `${"a".repeat(50_000)}!` };
    expect((await server.send("/api/ingest/shannon", event)).status).toBe(200);
    await change(defaultRedaction);
  });
});

describe("an event that is sent again after the policy changed", () => {
  const event = { workflow_id: "wf-again", type: "TOOL_INVOKED", seq: 1, agent_id: "a", payload: { tool: "login", params: note } };
  const policies: Readonly<Record<string, object>> = {
    nothing: { credentials: false, emails: false, cards: false, fields: [], patterns: [] },
    credentials: defaultRedaction,
    all,
    "fields alone": { credentials: false, emails: false, cards: false, fields: ["said", "headers", "favourite"], patterns: [] },
  };
  const changes = Object.keys(policies).flatMap((from) => Object.keys(policies).map((to) => [from, to] as const));
  const tell = async (body: object) =>
    (await (await server.send("/api/ingest/shannon", body)).json()) as { duplicates: number; rejected?: object[] };

  it.each(changes)("from %s to %s is the same event, and another one under its id is refused as before (G3)", async (from, to) => {
    const run = `${from} to ${to}`;
    await change(policies[from] as object);
    await tell({ ...event, workflow_id: run });
    await change(policies[to] as object);
    expect(await tell({ ...event, workflow_id: run })).toMatchObject({ duplicates: 1 });
    const other = { ...note, headers: { authorization: "Bearer ghp_999999999999999999999999999999999999" } };
    const refused = await tell({ ...event, workflow_id: run, payload: { tool: "login", params: other } });
    expect(refused).toMatchObject({ duplicates: 0, rejected: [{ code: "id_conflict" }] });
  });
});
