import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import { type Browser, signIn } from "@/test/browser";
import { startTestServer, type TestServer } from "@/test/server";
import { newSecret } from "./secret";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

// biome-ignore lint/suspicious/noExplicitAny: replies of many routes, read where they are expected
const body = async (reply: Response): Promise<any> => reply.json();
const word = () => newSecret("").slice(0, 8).replaceAll(/[-_]/g, "x");

async function newKey(...scopes: string[]): Promise<{ id: string; authorization: string }> {
  const made = await body(await server.send("/api/keys", { name: `Key ${word()}`, scopes }));
  return { id: made.id, authorization: `Bearer ${made.key}` };
}

const as = ({ authorization }: { authorization: string }) => ({ authorization });

/** A browser that this key lets in. */
async function letIn(key: { authorization: string }): Promise<Browser> {
  return signIn(server.url, (await body(await server.send("/api/sign-in-links", {}, as(key)))).url);
}

async function asked(headers = {}): Promise<Approval> {
  const run = `r-${word()}`;
  await server.send("/events", { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1, agent_id: "a" });
  return body(await server.send("/api/approvals", { run, kind: "tool", tool: "deploy", arguments: { to: word() } }, headers));
}

const decide = (browser: Browser, { id, actionHash }: Approval, more = {}) =>
  browser.ask("POST", `/api/approvals/${id}/decision`, { decision: "approve", actionHash, ...more });

describe("what a key makes (G19: nobody gets at more than they may)", () => {
  it("may no more than the key: another key, a browser that it lets in, and whom that lets in", async () => {
    const key = await newKey("admin", "read");
    const lend = (scopes: readonly string[]) => server.send("/api/keys", { name: `Lent ${word()}`, scopes }, as(key));
    expect((await lend(["read"])).status).toBe(201);
    const refused = await lend(["read", "decide", "ingest"]);
    expect([refused.status, await body(refused)]).toEqual([
      403,
      { error: expect.objectContaining({ path: "scopes", message: expect.stringContaining("decide, ingest") }) },
    ]);

    const first = await letIn(key);
    const second = await signIn(server.url, (await body(await first.ask("POST", "/api/sign-in-links", {}))).url);
    const approval = await asked();
    for (const browser of [first, second]) {
      expect(await body(await browser.ask("GET", "/api/me"))).toMatchObject({
        ...{ scopes: ["admin", "read"], isOwner: false, member: null, name: "a key's browser" },
        refusals: { decide: 'The key that signed this browser in lacks the scope "decide".' },
      });
      expect((await decide(browser, approval)).status).toBe(403);
      expect((await browser.ask("POST", "/api/members", { name: `M ${word()}`, role: "admin" })).status).toBe(403);
      expect((await browser.ask("POST", "/api/keys", { name: `K ${word()}`, scopes: ["decide"] })).status).toBe(403);
      expect((await browser.ask("GET", "/api/keys")).status).toBe(200);
    }
  });

  it("ends with it: the browsers that a revoked key let in, and links that are not used yet (G21)", async () => {
    const key = await newKey("admin", "read", "decide");
    const browser = await letIn(key);
    const unused = (await body(await server.send("/api/sign-in-links", {}, as(key)))).url as string;
    expect((await browser.ask("GET", "/api/me")).status).toBe(200);
    expect((await server.fetch(`/api/keys/${key.id}`, { method: "DELETE" })).status).toBe(204);
    expect((await browser.ask("GET", "/api/me")).status).toBe(401);
    expect((await fetch(unused, { redirect: "manual" })).headers.get("location")).toBe("/signed-out?reason=link");
  });

  it("ends with it: what it allowed in advance, itself and by a browser", async () => {
    const key = await newKey("admin", "read", "decide");
    const standing = { uses: 3, minutes: 30 };
    const { id, actionHash } = await asked();
    const decision = { decision: "approve", actionHash, standing };
    expect((await server.send(`/api/approvals/${id}/decision`, decision, as(key))).status).toBe(200);
    expect((await decide(await letIn(key), await asked(), { standing })).status).toBe(200);
    const allowed = async () => (await body(await server.fetch("/api/standing-approvals"))).standing.length as number;
    expect(await allowed()).toBe(2);
    expect((await server.fetch(`/api/keys/${key.id}`, { method: "DELETE" })).status).toBe(204);
    expect(await allowed()).toBe(0);
  });

  it("does not decide what the key asked for, by its browser neither", async () => {
    const key = await newKey("admin", "read", "decide", "ingest");
    const approval = await asked(as(key));
    const reply = await decide(await letIn(key), approval);
    expect([reply.status, (await body(reply)).error.code]).toEqual([403, "own_request"]);
    expect((await decide(await letIn(await newKey("admin", "read", "decide")), approval)).status).toBe(200);
  });
});

describe("a key's name, which its decisions are told by", () => {
  const named = (name: string) => server.send("/api/keys", { name, scopes: ["read", "decide"] });

  it("is nobody else's: what Watchfloor calls others by, and what reads like a member's, is refused (G14: who decided is known)", async () => {
    const signed = [
      "The deadline",
      "budget Research",
      "budget\u2800Research",
      "bud\u2800get Research",
      "Watchfloor",
      "the owner",
      "Somebody",
    ];
    for (const name of [...signed, "local owner", "Local  Owner.", "A key's browser", "standing approval by Ann", "local\u200B owner"])
      expect([name, (await named(name)).status]).toEqual([name, 400]);
    const member = `Ann Lee ${word()}`;
    expect((await server.send("/api/members", { name: member, role: "viewer" })).status).toBe(201);
    for (const name of [member, member.toUpperCase(), member.replace("A", "А"), `${member}\u2060`])
      expect([name, (await named(name)).status]).toEqual([name, 409]);
  });

  it("is no member's later either, until the key is revoked", async () => {
    const name = `Night Shift ${word()}`;
    const { id } = await body(await named(name));
    const invite = () => server.send("/api/members", { name: name.toUpperCase(), role: "viewer" });
    expect((await invite()).status).toBe(409);
    expect((await server.fetch(`/api/keys/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await invite()).status).toBe(201);
  });
});
