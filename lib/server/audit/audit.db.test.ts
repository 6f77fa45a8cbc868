import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import { startTestServer, type TestServer } from "@/test/server";
import type { AuditEntry, AuditList, AuditVerdict } from "../../core/audit/entry";
import { nobody, type Principal } from "../http/principal";
import { api } from "../routes/router";
import { Sealer } from "../secrets/seal";
import { newSignInLink } from "../session/sign-in";
import { uuidv7 } from "../uuid";
import { closeLeftEntries, leftAfterMs } from "./close-left-entries";
import { openEntry } from "./write-entry";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function read<T>(path: string): Promise<T> {
  return (await (await server.fetch(path)).json()) as T;
}
const entries = async (query = "") => (await read<AuditList>(`/api/audit?limit=500${query}`)).entries;
const told = ({ actor, action, subject, detail, outcome }: AuditEntry) => [actor.name, action, subject.name, detail, outcome];
const rename = (name: string) => server.send(`/api/projects/${defaultProjectId}`, { name });

describe("the audit log", () => {
  it("has a word about every route that changes something on a person's word", () => {
    const changing = api().routes.filter(({ method, scope }) => method !== "GET" && ["admin", "decide", "control"].includes(scope));
    expect(changing.length).toBeGreaterThan(40);
    expect(changing.filter(({ audit }) => !audit).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it("tells who did what to what, also of what has ended, and keeps no secret", async () => {
    const admin = await server.key("admin", "decide", "read", "ingest");
    const as = { authorization: `Bearer ${admin}` };
    const made = (await (await server.send("/api/keys", { name: "Night shift", scopes: ["ingest"] }, as)).json()) as {
      id: string;
      key: string;
    };
    await server.fetch(`/api/keys/${made.id}`, { method: "DELETE", headers: as });
    const address = "https://hooks.example.com/services/T0/SECRETPATH";
    await server.send("/api/v1/webhooks", { url: address, events: ["run.completed"] }, as);
    await server.send("/api/ingest/shannon", { workflow_id: "wf-audit", type: "WORKFLOW_STARTED", seq: 1 });
    const asked = { run: "wf-audit", kind: "tool", tool: "deploy", arguments: { to: "production" } };
    const ask = await server.send("/api/approvals", asked);
    const approval = (await ask.json()) as { id: string; actionHash: string };
    const decision = { decision: "approve", actionHash: approval.actionHash };
    const headers = { ...as, "idempotency-key": "once" };
    for (let n = 0; n < 2; n++) expect((await server.send(`/api/approvals/${approval.id}/decision`, decision, headers)).status).toBe(200);
    await fetch(await newSignInLink(), { redirect: "manual" });
    await server.send("/api/runs/wf-audit/cancel", { reason: "too dear" });

    const found = await entries();
    const by = "admin+decide+read+ingest";
    expect(found.map(told)).toEqual([
      ["local owner", "run.cancel", null, "too dear", "done"],
      ["local owner", "session.start", null, null, "done"],
      [by, "approval.decide", "deploy", "approved", "done"],
      [by, "webhook.create", "hooks.example.com", null, "done"],
      [by, "key.revoke", "Night shift", null, "done"],
      [by, "key.create", "Night shift", "ingest", "done"],
    ]);
    expect(found.map(({ actor }) => actor.kind)).toEqual(["local", "session", "key", "key", "key", "key"]);
    expect(found[3]?.subject.id).toMatch(/^wh_/);
    expect(found.map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2, 1]);
    const whole = JSON.stringify(await server.services.pool`select * from audit_log`);
    for (const secret of [made.key, admin, "SECRETPATH"]) expect(whole).not.toContain(secret);
  });

  it("says nothing of what was refused", async () => {
    const before = await entries();
    expect((await server.send("/api/keys", { name: "", scopes: [] })).status).toBe(400);
    expect((await server.send("/api/keys", { name: "nul \u0000", scopes: ["read"] })).status).toBe(400);
    const { pool } = server.services;
    // Here it is the database that refuses: a division by zero is an error of data.
    await pool`alter table api_keys add constraint unwanted check (1 / (name <> 'unwanted')::int = 1)`;
    expect((await server.send("/api/keys", { name: "unwanted", scopes: ["read"] })).status).toBe(422);
    await pool`alter table api_keys drop constraint unwanted`;
    expect((await server.fetch("/api/keys/00000000-0000-4000-8000-000000000000", { method: "DELETE" })).status).toBe(404);
    expect((await fetch(`${server.url}/api/keys`, { method: "POST" })).status).toBe(401);
    expect(await entries()).toEqual(before);
    expect(await server.services.pool`select 1 from audit_log where seq is null`).toHaveLength(0);
  });

  it("is read by kind, a page at a time, by admins of its project alone", async () => {
    await rename("Paged");
    expect((await entries("&about=project")).map(({ action }) => action)).toEqual(["project.rename"]);
    const pages: number[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: AuditList = await read(`/api/audit?limit=2${cursor && `&cursor=${cursor}`}`);
      pages.push(...page.entries.map(({ seq }) => seq));
      cursor = page.nextCursor;
    }
    expect(pages).toEqual((await entries()).map(({ seq }) => seq));
    for (const query of ["about=nonsense", "cursor=x"]) expect((await server.fetch(`/api/audit?${query}`)).status).toBe(400);
    const reader = { authorization: `Bearer ${await server.key("read", "decide")}` };
    expect((await server.fetch("/api/audit", { headers: reader })).status).toBe(403);
  });

  it("numbers what many do at once without holes, and stays provable", async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => rename(`Name ${n}`)));
    const seqs = (await entries()).map(({ seq }) => seq).reverse();
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(await read<AuditVerdict>("/api/audit/verify")).toMatchObject({ intact: true, entries: seqs.length, faults: [] });
  });

  it("tells of a deed whose end nobody wrote down, once", async () => {
    const owner: Principal = { ...nobody, kind: "local", projectId: defaultProjectId };
    const { id } = await openEntry(owner, { action: "key.revoke", requestId: "killed", subjectId: "the-key" });
    expect(await closeLeftEntries()).toBe(0);
    await server.services.pool`update audit_log set at_ms = at_ms - ${leftAfterMs + 1} where id = ${id}`;
    await Promise.all([closeLeftEntries(), closeLeftEntries()]);
    const [last] = await entries();
    expect(last).toMatchObject({ action: "key.revoke", requestId: "killed", outcome: "unknown", subject: { id: "the-key" } });
    expect((await entries()).filter(({ requestId }) => requestId === "killed")).toHaveLength(1);
    expect((await read<AuditVerdict>("/api/audit/verify")).intact).toBe(true);
  });
});

describe("an audit log that somebody with the database has changed (G22)", () => {
  const verdict = () => read<AuditVerdict>("/api/audit/verify");
  /** What is found after a change, which is undone. */
  async function afterwards(...changes: string[]): Promise<AuditVerdict["faults"]> {
    const { pool } = server.services;
    await pool.unsafe("create table kept_log as select * from audit_log; create table kept_heads as select * from audit_heads");
    try {
      for (const change of changes) await pool.unsafe(change);
      const { intact, faults } = await verdict();
      expect(intact).toBe(faults.length === 0);
      return faults;
    } finally {
      await pool.unsafe(`truncate audit_log, audit_heads; insert into audit_log select * from kept_log;
        insert into audit_heads select * from kept_heads; drop table kept_log, kept_heads`);
    }
  }

  it("names each row that was changed, taken away, moved or put in", async () => {
    const { entries: n } = await verdict();
    expect(n).toBeGreaterThan(10);
    expect(await afterwards()).toEqual([]);
    for (const change of [
      "actor_name = 'nobody'",
      "actor = 'session', actor_id = gen_random_uuid()",
      "actor = 'member', actor_id = gen_random_uuid()",
      "at_ms = at_ms + 1",
      "action = 'key.create2'",
      "subject_id = 'x'",
      "subject_name = 'x'",
      "detail = 'x'",
      "outcome = 'unknown'",
      "request_id = 'x'",
      "proof = reverse(proof)",
      "before = 'p1'",
    ])
      expect((await afterwards(`update audit_log set ${change} where seq = 5`)).map(({ seq }) => seq)).toEqual([5]);
    expect(await afterwards("delete from audit_log where seq = 5")).toEqual([{ seq: 5, fault: "missing" }]);
    expect(await afterwards("delete from audit_log where seq = 1")).toEqual([{ seq: 1, fault: "missing" }]);
    const swap = [
      "update audit_log set seq = 1000 where seq = 5",
      "update audit_log set seq = 5 where seq = 6",
      "update audit_log set seq = 6 where seq = 1000",
    ];
    expect((await afterwards(...swap)).map(({ seq, fault }) => `${seq} ${fault}`)).toEqual(
      expect.arrayContaining(["5 changed", "6 changed"]),
    );
    const forged = `insert into audit_log select project_id, gen_random_uuid(), ${n + 1}, at_ms, actor, actor_id, actor_name, action, subject_id,
      subject_name, detail, outcome, request_id, proof, proof from audit_log where seq = ${n}`;
    expect((await afterwards(forged)).map(({ seq }) => seq)).toContain(n + 1);
  });

  it("notices that the end is gone, also with its head", async () => {
    const { entries: n } = await verdict();
    expect(await afterwards(`delete from audit_log where seq > ${n - 2}`)).toEqual([
      { seq: n - 1, fault: "missing" },
      { seq: n, fault: "missing" },
    ]);
    const cut = `delete from audit_log where seq > ${n - 2}`;
    const end = { seq: n - 2, fault: "end" };
    expect(await afterwards(cut, "delete from audit_heads")).toEqual([end]);
    expect(
      await afterwards(cut, `update audit_heads set seq = ${n - 2}, proof = (select proof from audit_log where seq = ${n - 2})`),
    ).toEqual([end]);
  });

  it("says of what another key wrote that nothing can be said, and does not call it changed", async () => {
    const other = new Sealer(randomBytes(32)).proof("audit entry", uuidv7(0));
    expect(await afterwards(`update audit_log set proof = '${other}' where seq = 5`)).toEqual([{ seq: 5, fault: "other key" }]);
  });
});
