import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AlertChannelList, MadeAlertChannel } from "@/lib/core/alerts/channel";
import type { Delivery, DeliveryList } from "@/lib/core/webhooks/webhook";
import { type Receiver, startReceiver } from "@/test/receiver";
import { startTestServer, type TestServer } from "@/test/server";
import { type SmtpReceiver, startSmtpReceiver } from "@/test/smtp-receiver";

let server: TestServer;
let mail: SmtpReceiver;
let receiver: Receiver;
const answer = { status: 200, body: "ok" };
beforeAll(async () => {
  mail = await startSmtpReceiver({ refuse: ["gone@test.invalid"] });
  receiver = await startReceiver((_one, response) => void response.writeHead(answer.status).end(answer.body));
  server = await startTestServer({ smtpUrl: mail.url });
});
afterAll(async () => {
  await server.stop();
  await Promise.all([mail.stop(), receiver.stop()]);
});

const add = (wanted: object) => server.send("/api/alerts/channels", wanted);
async function channel(wanted: object): Promise<MadeAlertChannel> {
  const reply = await add(wanted);
  expect(reply.status).toBe(201);
  return (await reply.json()) as MadeAlertChannel;
}
const test = async (id: string) => (await (await server.send(`/api/alerts/channels/${id}/test`, {})).json()) as Delivery;
const log = async (id: string) => (await (await server.fetch(`/api/alerts/channels/${id}/deliveries`)).json()) as DeliveryList;

async function fail(agent: string): Promise<void> {
  const event = { workflow_id: `run-${agent}`, agent_id: agent, timestamp: new Date().toISOString() };
  await server.send("/events", [
    { ...event, type: "WORKFLOW_STARTED", seq: 1, payload: { query: "Books <!channel> & *ledgers*" } },
    { ...event, type: "WORKFLOW_FAILED", seq: 2, message: "broke" },
  ]);
}

describe("an alert that fires goes to every channel of its rule", () => {
  it("signed to a webhook, as blocks to Slack, by e-mail over SMTP, each once, with its delivery log", async () => {
    const agent = "teller";
    const hook = await channel({ kind: "webhook", name: "Pager", url: `${receiver.url}/hook` });
    const slack = await channel({ kind: "slack", name: "Ops room", url: `${receiver.url}/services/T0/B0/very-secret` });
    const email = await channel({ kind: "email", name: "On call", to: ["ops@test.invalid", "second@test.invalid"] });
    const channels = [hook.id, slack.id, email.id];
    const rule = { name: "Books fail", kind: "run-failed", alert: 1, filter: { agent }, channels };
    expect((await server.send("/api/alerts/rules", rule)).status).toBe(201);
    await fail(agent);

    const [told] = await receiver.until(1, (one) => one.path === "/hook");
    expect(told?.headers["x-webhook-signature"]).toMatch(/^sha256=[0-9a-f]{64}$/);
    expect(told?.headers["x-webhook-event"]).toBe("alert.fired");
    expect(told?.json).toMatchObject({
      type: "alert.fired",
      data: { rule: "Books fail", level: "alert", value: 1, about: "Books <!channel> & *ledgers*" },
    });
    const [posted] = await receiver.until(1, (one) => one.path === "/services/T0/B0/very-secret");
    expect(posted?.headers["x-webhook-signature"]).toBeUndefined();
    const body = posted?.json as unknown as { text: string; blocks: { text?: { text: string } }[] };
    expect(body.text).toBe(
      "Firing: Books fail - Last failed: Books &lt;!channel&gt; &amp; *\u200bledgers*\u200b - 1 failed run in 15 minutes, threshold 1",
    );
    expect(body.blocks[0]?.text?.text).toContain("*Firing: Books fail*");
    const [letter] = await mail.until(1);
    expect(letter).toMatchObject({ from: "watchfloor@test.invalid", to: ["ops@test.invalid", "second@test.invalid"] });
    expect(letter?.text).toContain("Subject: [Watchfloor] Firing: Books fail");
    expect(letter?.text).toContain(`${server.url}/alerts?alert=`);

    const all = (await (await server.fetch("/api/alerts/channels")).json()) as AlertChannelList;
    expect(all.channels.map(({ name, address }) => [name, address])).toEqual([
      ["Pager", `${receiver.url}/hook`],
      ["Ops room", receiver.url],
      ["On call", "ops@test.invalid, second@test.invalid"],
    ]);
    expect(mail.mails).toHaveLength(1);
    expect(receiver.received).toHaveLength(2);
    expect((await (await server.fetch("/api/v1/webhooks")).json()) as object).toMatchObject({ data: [] });
    expect((await server.fetch(`/api/v1/webhooks/${slack.id}`)).status).toBe(404);
  });

  it("keeps what it knows of an address out of the database and of every answer", async () => {
    const rows = await server.services.pool`select w::text as text from webhooks w`;
    for (const { text } of rows) expect(text).not.toContain("very-secret");
    expect(await (await server.fetch("/api/alerts/channels")).text()).not.toContain("very-secret");
  });
});

describe("a test of a channel", () => {
  it("tells the real outcome: taken, refused by the receiver, refused by the mail server, nobody there", async () => {
    const good = await channel({ kind: "email", name: "E", to: ["ok@test.invalid"] });
    expect(await test(good.id)).toMatchObject({ status: "delivered", status_code: 250, log: [{ reply: "250 2.0.0 taken" }] });
    const gone = await channel({ kind: "email", name: "G", to: ["gone@test.invalid"] });
    expect(await test(gone.id)).toMatchObject({ status: "failed", status_code: 550, error: "SMTP 550" });
    const slack = await channel({ kind: "slack", name: "S", url: `${receiver.url}/slack` });
    Object.assign(answer, { status: 403, body: "invalid_token" });
    expect(await test(slack.id)).toMatchObject({ status: "failed", status_code: 403, log: [{ reply: "invalid_token" }] });
    Object.assign(answer, { status: 200, body: "ok" });
    expect(await test(slack.id)).toMatchObject({ status: "delivered", status_code: 200 });
    expect((await log(slack.id)).data.map(({ status }) => status)).toEqual(["delivered", "failed"]);
    const nobody = await channel({ kind: "webhook", name: "N", url: "http://127.0.0.1:9/" });
    expect(await test(nobody.id)).toMatchObject({ status: "failed", status_code: null, error: expect.stringMatching(/^Not reachable/) });
  });
});

describe("a channel", () => {
  it.each<[object, string]>([
    [{ kind: "slack", name: "S", url: "http://169.254.169.254/x" }, "url"],
    [{ kind: "webhook", name: "S", url: "ftp://example.com" }, "url"],
    [{ kind: "email", name: "S", to: ["nobody"] }, "to.0"],
    [{ kind: "email", name: "S", to: [] }, "to"],
    [{ kind: "pigeon", name: "S" }, "kind"],
  ])("is refused as %j", async (wanted, path) => {
    const reply = await add(wanted);
    expect([reply.status, ((await reply.json()) as { error: { path: string } }).error.path]).toEqual([400, path]);
  });

  it("is told of no more when it is deleted, and is then unknown", async () => {
    const { id } = await channel({ kind: "webhook", name: "D", url: `${receiver.url}/gone` });
    const rule = { name: "R", kind: "run-failed", alert: 1, channels: [id] };
    const made = (await (await server.send("/api/alerts/rules", rule)).json()) as { id: string; channels: string[] };
    expect(made.channels).toEqual([id]);
    expect((await server.fetch(`/api/alerts/channels/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await server.fetch(`/api/alerts/channels/${id}`, { method: "DELETE" })).status).toBe(404);
    const { rules } = (await (await server.fetch("/api/alerts/rules")).json()) as { rules: { id: string; channels: string[] }[] };
    expect(rules.find((rule) => rule.id === made.id)?.channels).toEqual([]);
  });
});

describe("a server without a mail server", () => {
  it("refuses e-mail with what is missing", async () => {
    const other = await startTestServer({ webhookJobs: false });
    try {
      const reply = await other.send("/api/alerts/channels", { kind: "email", name: "E", to: ["a@test.invalid"] });
      const { error } = (await reply.json()) as { error: { message: string } };
      expect([reply.status, error.message]).toEqual([
        409,
        "E-mail is not set up: WATCHFLOOR_SMTP_URL and WATCHFLOOR_SMTP_FROM are missing.",
      ]);
    } finally {
      await other.stop();
    }
  });
});
