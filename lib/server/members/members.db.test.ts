import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "@/lib/core/alerts/alert";
import type { Approval } from "@/lib/core/api/approval";
import type { AuditEntry } from "@/lib/core/audit/entry";
import type { Member } from "@/lib/core/members/member";
import { type Role, roleScopes } from "@/lib/core/members/roles";
import { scopes } from "@/lib/core/members/scopes";
import { type Browser, signIn } from "@/test/browser";
import { readStream } from "@/test/read-stream";
import { startTestServer, type TestServer } from "@/test/server";
import { newSecret } from "../keys/secret";
import { seenEveryMs } from "../session/note-seen";
import { newSignInLink } from "../session/sign-in";

let server: TestServer;
let owner: Browser;
beforeAll(async () => {
  server = await startTestServer();
  owner = await signIn(server.url, await newSignInLink());
});
afterAll(() => server.stop());

// biome-ignore lint/suspicious/noExplicitAny: replies of many routes, read where they are expected
const body = async (reply: Response): Promise<any> => reply.json();
const refusal = async (reply: Response) => [reply.status, (await body(reply)).error.message] as const;
const word = () => newSecret("").slice(0, 8).replaceAll(/[-_]/g, "x");
const read = async (path: string) => body(await server.fetch(path));

type Invited = { readonly member: Member; readonly url: string; readonly browser: Browser };

async function invite(role: Role, name = `Member ${word()}`, by = owner): Promise<Invited> {
  const reply = await by.ask("POST", "/api/members", { name, role });
  expect(reply.status, await reply.clone().text()).toBe(201);
  const { member, url } = (await body(reply)) as { member: Member; url: string };
  return { member, url, browser: await signIn(server.url, url) };
}

/** A run with a request that waits. */
async function asked(more: object = {}): Promise<Approval> {
  const run = `r-${word()}`;
  await server.send("/events", { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1, agent_id: "cleaner", payload: { query: "Clean up" } });
  const request = { run, kind: "tool", tool: "delete_file", arguments: { path: "/tmp/a" }, agent: "cleaner", ...more };
  return body(await server.send("/api/approvals", request));
}

const decide = ({ browser }: Pick<Invited, "browser">, { id, actionHash }: Approval, more: object = {}, headers = {}) =>
  browser.ask("POST", `/api/approvals/${id}/decision`, { decision: "approve", actionHash, ...more }, headers);
const patch = (id: string, change: object, by = owner) => by.ask("PATCH", `/api/members/${id}`, change);
const remove = (id: string, by = owner, query = "") => by.ask("DELETE", `/api/members/${id}${query}`);
const me = (browser: Browser) => browser.ask("GET", "/api/me");

describe("a member", () => {
  it.each(["viewer", "operator", "admin"] as const)("comes in by a link, once, as who was invited: %s", async (role) => {
    const { member, url, browser } = await invite(role);
    expect(await body(await me(browser))).toMatchObject({
      ...{ name: member.name, member: { id: member.id, role }, isOwner: false, scopes: roleScopes[role] },
      refusals: Object.fromEntries(
        scopes.filter((scope) => !roleScopes[role].includes(scope)).map((scope) => [scope, expect.stringContaining(` ${role} here; `)]),
      ),
    });
    expect((await fetch(url, { redirect: "manual" })).headers.get("location")).toBe("/signed-out?reason=link");
    const { members } = (await body(await browser.ask("GET", "/api/members"))) as { members: Member[] };
    expect(members.find(({ id }) => id === member.id)).toMatchObject({ role, createdBy: "local owner", lastSeenAt: expect.any(String) });
  });

  it("gets another link for another browser, which ends an unused one of before", async () => {
    const { member, browser } = await invite("viewer");
    const link = async () => (await body(await owner.ask("POST", `/api/members/${member.id}/links`, {}))).url as string;
    const [lost, found] = [await link(), await link()];
    expect((await fetch(lost, { redirect: "manual" })).headers.get("location")).toBe("/signed-out?reason=link");
    const phone = await signIn(server.url, found);
    for (const each of [phone, browser]) expect(await body(await me(each))).toMatchObject({ name: member.name });
  });

  it("decides, controls, takes alerts and allows in advance by name, whatever the body says, and is told to the agent and the log so", async () => {
    const operator = await invite("operator", "Olga Decides");
    const approval = await asked();
    for (const claim of [{ by: "local owner" }, { decidedBy: "local owner" }])
      expect((await decide(operator, approval, claim)).status).toBe(400);
    expect((await decide(operator, approval, { standing: { uses: 3, minutes: 30 } })).status).toBe(200);
    expect((await read(`/api/approvals/${approval.id}`)).decision).toMatchObject({ by: "Olga Decides", through: "watchfloor" });
    const { events } = await read(`/api/runs/${approval.run.id}/events?limit=100`);
    expect(events.find(({ type }: { type: string }) => type === "approval.decided").approval.decidedBy).toBe("Olga Decides");
    expect((await read("/api/standing-approvals")).standing.map(({ createdBy }: { createdBy: string }) => createdBy)).toContain(
      "Olga Decides",
    );
    expect((await operator.browser.ask("POST", `/api/runs/${approval.run.id}/cancel`, { reason: "too dear" })).status).toBeLessThan(300);
    expect((await read(`/api/runs/${approval.run.id}/control`)).latest).toMatchObject({ requestedBy: "Olga Decides" });

    const filter = { dialect: null, agent: `agent-${word()}`, q: null };
    const rule = { name: "R", kind: "run-failed", filter, warning: null, alert: 1, windowMinutes: 15, minRuns: 1 };
    await server.send("/api/alerts/rules", { ...rule, forSeconds: 0, recoverSeconds: 0, channels: [], enabled: true });
    const failing = { workflow_id: `f-${word()}`, agent_id: filter.agent, timestamp: new Date().toISOString() };
    await server.send("/events", [
      { ...failing, type: "WORKFLOW_STARTED", seq: 1 },
      { ...failing, type: "WORKFLOW_FAILED", seq: 2, message: "broke" },
    ]);
    const alerts = async () => (await read("/api/alerts")).alerts as Alert[];
    // The server judges by itself: a turn taken here would now and then find its own under way, and leave it to that one.
    await expect.poll(alerts).toHaveLength(1);
    const [alert] = (await alerts()) as [Alert];
    expect((await operator.browser.ask("POST", `/api/alerts/${alert.id}/acknowledge`, { note: "mine" })).status).toBe(200);
    expect(await alerts()).toMatchObject([{ acknowledged: { by: "Olga Decides" } }]);

    const { entries } = (await read("/api/audit?limit=10")) as { entries: AuditEntry[] };
    const actor = { kind: "member", id: operator.member.id, name: "Olga Decides" };
    for (const action of ["approval.decide", "run.cancel", "alert.acknowledge", "session.start"])
      expect(entries.find((entry) => entry.action === action)?.actor).toEqual(actor);
    expect((await read("/api/audit/verify")).intact).toBe(true);
  });

  it("shares no Idempotency-Key with another", async () => {
    const [one, two] = [await invite("operator"), await invite("operator")];
    const approval = await asked();
    const headers = { "idempotency-key": "the-same" };
    expect((await decide(one, approval, {}, headers)).status).toBe(200);
    expect((await decide(one, approval, {}, headers)).status).toBe(200);
    expect((await decide(two, approval, {}, headers)).status).toBe(409);
  });

  it("is written down as seen once in some minutes, however much is asked", async () => {
    const { member, browser } = await invite("viewer");
    await Promise.all(Array.from({ length: 20 }, () => me(browser)));
    const { pool } = server.services;
    const versions = async () =>
      (
        await pool`select m.xmin::text || ' ' || s.xmin::text as version from members m, sessions s
        where m.id = ${member.id} and s.member_id = m.id`
      )[0]?.version;
    const before = await versions();
    await Promise.all(Array.from({ length: 20 }, () => me(browser)));
    expect(await versions()).toBe(before);
    await pool`update sessions set seen_at = seen_at - ${`${seenEveryMs + 1_000} ms`}::interval where member_id = ${member.id}`;
    const aged = (await versions()).split(" ");
    await me(browser);
    for (const [index, version] of (await versions()).split(" ").entries()) expect(version).not.toBe(aged[index]);
  });
});

describe("another role, and removal", () => {
  it("hold from the next request on, in every browser, whichever process wrote them, and are told in words", async () => {
    const operator = await invite("operator");
    const link = (await body(await owner.ask("POST", `/api/members/${operator.member.id}/links`, {}))).url as string;
    const phone = { browser: await signIn(server.url, link) };
    const approval = await asked();
    expect((await patch(operator.member.id, { role: "viewer" })).status).toBe(200);
    const words = "You are a viewer here; only operators and admins can decide requests and acknowledge alerts.";
    for (const each of [operator, phone]) expect(await refusal(await decide(each, approval))).toEqual([403, words]);
    await server.services.pool`update members set role = 'operator' where id = ${operator.member.id}`;
    expect((await decide(phone, approval)).status).toBe(200);
    await server.services.pool`delete from members where id = ${operator.member.id}`;
    for (const each of [operator, phone]) expect((await me(each.browser)).status).toBe(401);
  });

  it("end sessions, streams and unused links of who is removed; the name stays in what was decided", async () => {
    const operator = await invite("operator");
    const approval = await asked();
    expect((await decide(operator, approval)).status).toBe(200);
    const unused = (await body(await owner.ask("POST", `/api/members/${operator.member.id}/links`, {}))).url as string;
    const streams = await Promise.all(
      ["/api/stream", `/api/runs/${approval.run.id}/stream`].map((path) =>
        readStream(fetch, server.url + path, { cookie: operator.browser.cookie }),
      ),
    );
    const asking = Array.from({ length: 30 }, () => me(operator.browser));
    expect((await remove(operator.member.id)).status).toBe(204);
    const after = await Promise.all(Array.from({ length: 30 }, () => me(operator.browser)));
    expect(after.map(({ status }) => status)).toEqual(after.map(() => 401));
    for (const { status } of await Promise.all(asking)) expect([200, 401]).toContain(status);
    for (const stream of streams) await expect(stream.end()).rejects.toThrow();
    expect((await fetch(unused, { redirect: "manual" })).headers.get("location")).toBe("/signed-out?reason=link");
    expect((await read(`/api/approvals/${approval.id}`)).decision.by).toBe(operator.member.name);
    const { pool } = server.services;
    for (const table of ["sessions", "sign_in_links"])
      expect(await pool.unsafe(`select 1 from ${table} where member_id = '${operator.member.id}'`)).toHaveLength(0);
    const { entries } = (await read("/api/audit?about=member&limit=3")) as { entries: AuditEntry[] };
    expect(entries.map(({ action, subject, detail }) => [action, subject.id, subject.name, detail])).toEqual([
      ["member.remove", operator.member.id, operator.member.name, null],
      ["member.link", operator.member.id, operator.member.name, null],
      ["member.create", operator.member.id, operator.member.name, "operator"],
    ]);
  });

  it.each(["role", "removal"] as const)("take back what was allowed in advance: %s", async (how) => {
    const operator = await invite("operator");
    const approval = await asked();
    expect((await decide(operator, approval, { standing: { uses: 3, minutes: 30 } })).status).toBe(200);
    expect((await patch(operator.member.id, { name: `${operator.member.name} still` })).status).toBe(200);
    const run = approval.run.externalId;
    const again = (id: string) =>
      server.send("/api/approvals", { run, id, kind: "tool", tool: "delete_file", arguments: { path: "/tmp/a" }, agent: "cleaner" });
    const first = await body(await again("first"));
    await server.services.standing.round();
    expect((await read(`/api/approvals/${first.id}`)).status).toBe("approved");
    expect((await (how === "role" ? patch(operator.member.id, { role: "viewer" }) : remove(operator.member.id))).ok).toBe(true);
    const second = await body(await again("second"));
    await server.services.standing.round();
    expect((await read(`/api/approvals/${second.id}`)).status).toBe("pending");
  });
});

describe("who manages members", () => {
  it("is an admin or the owner; a viewer and an operator only see them", async () => {
    const other = await invite("viewer");
    for (const role of ["viewer", "operator"] as const) {
      const { browser, member } = await invite(role);
      expect((await browser.ask("GET", "/api/members")).status).toBe(200);
      const tries = [
        browser.ask("POST", "/api/members", { name: word(), role: "viewer" }),
        patch(other.member.id, { role: "admin" }, browser),
        patch(member.id, { role: "admin" }, browser),
        remove(other.member.id, browser),
        remove(member.id, browser, "?self=true"),
        browser.ask("POST", `/api/members/${other.member.id}/links`, {}),
        browser.ask("POST", "/api/sign-in-links", {}),
        browser.ask("POST", "/api/keys", { name: "k", scopes: ["admin"] }),
      ];
      for (const reply of await Promise.all(tries)) expect(reply.status).toBe(403);
    }
  });

  it("never raises themselves, leaves only when they say so, and lets another browser in as themselves alone", async () => {
    const admin = await invite("admin");
    expect(await refusal(await patch(admin.member.id, { role: "viewer" }, admin.browser))).toEqual([
      403,
      "You cannot change your own role.",
    ]);
    const { url } = await body(await admin.browser.ask("POST", "/api/sign-in-links", {}));
    const second = await signIn(server.url, url);
    expect(await body(await me(second))).toMatchObject({ name: admin.member.name, member: { id: admin.member.id } });
    expect((await refusal(await remove(admin.member.id, admin.browser)))[0]).toBe(409);
    expect((await me(admin.browser)).status).toBe(200);
    expect((await remove(admin.member.id, admin.browser, "?self=true")).status).toBe(204);
    for (const browser of [admin.browser, second]) expect((await me(browser)).status).toBe(401);
    expect((await me(owner)).status).toBe(200);
  });

  it("gives no more than they have", async () => {
    const authorization = `Bearer ${await server.key("admin", "read")}`;
    const make = (role: Role) => server.send("/api/members", { name: `By a key ${word()}`, role }, { authorization });
    expect([(await make("viewer")).status, (await make("operator")).status, (await make("admin")).status]).toEqual([201, 403, 403]);
    const { member } = await invite("operator");
    expect((await server.send(`/api/members/${member.id}/links`, {}, { authorization })).status).toBe(403);
  });

  it("is told that a name is taken, also by one that only looks like it, and of two at once one is made", async () => {
    const name = `Ann Lee ${word()}`;
    const { member } = await invite("viewer", name);
    for (const same of [name, name.toUpperCase(), name.replace("A", "А"), `${name} ✓`]) {
      expect((await owner.ask("POST", "/api/members", { name: same, role: "viewer" })).status).toBe(409);
      const { member: other } = await invite("viewer");
      expect((await patch(other.id, { name: same })).status).toBe(409);
    }
    expect((await patch(member.id, { name: name.toUpperCase() })).status).toBe(200);
    const both = `Both ${word()}`;
    const replies = await Promise.all([1, 2, 3].map(() => owner.ask("POST", "/api/members", { name: both, role: "viewer" })));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    for (const wrong of ["", " ", "An\u200Bn", "Local owner", "The Deadline", "Budget Research", "Watchfloor", 7]) {
      expect((await owner.ask("POST", "/api/members", { name: wrong, role: "viewer" })).status).toBe(400);
      expect((await patch(member.id, { name: wrong })).status).toBe(400);
    }
    for (const wrong of [{}, { role: "owner" }, { scopes: ["admin"] }]) expect((await patch(member.id, wrong)).status).toBe(400);
  });

  it("reaches nobody of another project, and a member sees no other project (G19)", async () => {
    const stranger = await signIn(server.url, await newSignInLink());
    const project = await body(await stranger.ask("POST", "/api/projects", { name: `P ${word()}` }));
    const { member, browser } = await invite("admin");
    await stranger.ask("POST", `/api/projects/${project.id}/open`, {});
    const theirs = await invite("admin", "Same Name", stranger);
    await invite("viewer", "Same Name");
    expect((await body(await stranger.ask("GET", "/api/members"))).members).toHaveLength(1);
    for (const by of [stranger, theirs.browser])
      for (const reply of [
        await patch(member.id, { role: "viewer" }, by),
        await remove(member.id, by),
        await by.ask("POST", `/api/members/${member.id}/links`, {}),
      ])
        expect(reply.status).toBe(404);
    expect((await body(await browser.ask("GET", "/api/projects"))).projects).toHaveLength(1);
    expect((await browser.ask("POST", `/api/projects/${project.id}/open`, {})).status).toBe(404);
    expect((await browser.ask("POST", "/api/projects", { name: word() })).status).toBe(403);
    expect((await me(browser)).status).toBe(200);
  });
});

it("a browser that a key let in is not told as the owner", async () => {
  const authorization = `Bearer ${await server.key("admin", "read", "decide")}`;
  const { url } = await body(await server.send("/api/sign-in-links", {}, { authorization }));
  const browser = await signIn(server.url, url);
  const approval = await asked();
  expect((await decide({ browser }, approval)).status).toBe(200);
  expect((await read(`/api/approvals/${approval.id}`)).decision.by).toBe("a key's browser");
});
