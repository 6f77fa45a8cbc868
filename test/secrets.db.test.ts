import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openLog } from "@/lib/server/process/open-log";
import { newSignInLink } from "@/lib/server/session/sign-in";
import { signIn } from "./browser";
import { startTestServer, type TestServer } from "./server";

// G21: whatever holds a secret is dumped whole and searched for it: every table, every log line, every answer but the first.
let server: TestServer;
let log = "";
beforeAll(async () => {
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      log += chunk;
      done();
    },
  });
  server = await startTestServer({ log: openLog("trace", stream), smtpUrl: "smtp://mailer:smtp-secret-7f3a@127.0.0.1:9" });
});
afterAll(() => server.stop());

async function dump(): Promise<string> {
  const { pool } = server.services;
  const tables = await pool`select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ('public', 'drizzle')`;
  expect(tables.length).toBeGreaterThan(20);
  let text = "";
  for (const { name } of tables) for (const row of await pool.unsafe(`select t::text as text from ${name} t`)) text += `${row.text}\n`;
  return text;
}

it("no key, token, cookie, link, address that is a secret, or signing secret is in a table, in a log line or in a later answer", async () => {
  const receiver = createServer((_request, response) => void response.writeHead(500).end("no"));
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const at = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const key = await server.key("read", "ingest", "admin", "decide", "control");
  const link = new URL(await newSignInLink());
  const cookie = (await fetch(link, { redirect: "manual" })).headers.get("set-cookie")?.split(/[=;]/)[1] as string;
  const invited = await server.send("/api/members", { name: "Searched for", role: "operator" });
  const memberLink = new URL(((await invited.json()) as { url: string }).url);
  const memberCookie = (await signIn(server.url, memberLink.href)).cookie.split("=")[1] as string;
  const unused = new URL(((await (await server.send("/api/sign-in-links", {})).json()) as { url: string }).url);
  const secrets = {
    memberLink: memberLink.searchParams.get("token") as string,
    memberCookie,
    unused: unused.searchParams.get("token") as string,
    key,
    link: link.searchParams.get("token") as string,
    cookie,
    smtp: "smtp-secret-7f3a",
    webhook: "webhook-secret-91c2",
    rotated: "rotated-secret-55aa",
    replay: "replay-secret-0b1d",
    source: "source-token-e77e",
    slack: "slack-path-3d9f",
    channel: "channel-secret-aa04",
  };
  const make = async (path: string, body: object, method = "POST") => {
    const reply = await fetch(server.url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect([path, reply.status]).toEqual([path, expect.toSatisfy((status: number) => status < 300)]);
    return (await reply.json()) as { id: string };
  };
  await make("/api/ingest/shannon", { workflow_id: "wf-s", type: "WORKFLOW_STARTED", seq: 1 });
  const webhook = await make("/webhooks", { url: `${at}/hook`, events: ["*"], secret: secrets.webhook });
  await make(`/webhooks/${webhook.id}/test`, {});
  await make(`/webhooks/${webhook.id}/rotate`, { secret: secrets.rotated });
  await make("/api/v1/events/replay", { webhook_url: `${at}/replay`, secret: secrets.replay });
  const source = await make("/api/sources", { dialect: "shannon", name: "s", address: at, token: secrets.source });
  await make(`/api/sources/${source.id}/test`, {});
  for (const channel of [
    { kind: "slack", name: "slack", url: `${at}/services/${secrets.slack}` },
    { kind: "webhook", name: "hook", url: at, secret: secrets.channel },
    { kind: "email", name: "mail", to: ["a@test.invalid"] },
  ])
    await make(`/api/alerts/channels/${(await make("/api/alerts/channels", channel)).id}/test`, {});
  // Failures are what logs repeat: wrong keys, values that the database refuses, a query that a lost connection cuts off.
  await fetch(`${server.url}/api/runs`, { headers: { authorization: `Bearer ${key}x` } });
  await fetch(`${server.url}/api/stream?api_key=${key}&from=x`);
  await fetch(`${server.url}/api/keys`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ name: `\u0000${secrets.webhook}`, scopes: ["read"] }),
  });
  await server.services.pool`alter table api_keys rename to api_keys_gone`;
  await fetch(`${server.url}/api/keys`, { headers: { authorization: `Bearer ${server.services.localToken}` } });
  await fetch(`${server.url}/api/me`, { headers: { cookie: `watchfloor_session=${cookie}` } });
  await server.services.pool`alter table api_keys_gone rename to api_keys`;

  const answers = await Promise.all(
    [
      "/api/keys",
      "/api/members",
      "/api/audit?limit=500",
      "/webhooks",
      "/api/sources",
      "/api/alerts/channels",
      "/api/me",
      "/metrics",
      `/webhooks/${webhook.id}/deliveries`,
    ].map(async (path) => (await server.fetch(path)).text()),
  );
  const places = { dump: await dump(), log, answers: answers.join("\n") };
  expect(log).toContain("request failed");
  for (const [place, text] of Object.entries(places))
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret.length).toBeGreaterThan(12);
      for (const form of [secret, Buffer.from(secret).toString("base64").replace(/=+$/, ""), Buffer.from(secret).toString("hex")])
        expect([place, name, text.includes(form)]).toEqual([place, name, false]);
    }
  receiver.closeAllConnections();
  receiver.close();
});
