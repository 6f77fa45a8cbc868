import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { Approval } from "@/lib/core/api/approval";
import type { WebhookWithSecret } from "@/lib/core/webhooks/webhook";
import { type Receiver, startReceiver } from "@/test/receiver";
import { startTestServer, type TestServer } from "@/test/server";
import { WebhookFollower } from "../jobs/webhook-follower";
import { WebhookSender } from "../jobs/webhook-sender";
import { claimDeliveries } from "../webhooks/claim-deliveries";
import { uuidOf } from "../webhooks/public-id";
import { finishDecisions } from "./expire-approvals";

/** The workers are run by the tests, as processes that live and die. */
let server: TestServer;
let agent: Receiver;
let hook: WebhookWithSecret;
const answer = { status: 200 };
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
  agent = await startReceiver((_one, response) => void response.writeHead(answer.status).end("heard"));
  hook = (await (await server.send("/webhooks", { url: agent.url, events: ["approval.decided"] })).json()) as WebhookWithSecret;
});
afterAll(async () => {
  await agent.stop();
  await server.stop();
});

const ask = async (run: string) => {
  await server.send("/api/ingest/shannon", { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1 });
  const asked = { run, kind: "tool", tool: "rm", arguments: { path: "/a" } };
  return (await (await server.send("/api/approvals", asked)).json()) as Approval;
};
const decide = (approval: Approval, body: object) =>
  server.send(`/api/approvals/${approval.id}/decision`, { actionHash: approval.actionHash, ...body });
/** As the list gives it, which is not what an agent asks for its answer. */
const receiptOf = async (run: string) =>
  ((await (await server.fetch(`/api/approvals?run=${run}&status=approved,denied`)).json()) as { approvals: Approval[] }).approvals[0]
    ?.receipt;
const follow = async () => {
  const follower = new WebhookFollower(server.services, () => {});
  while (await follower.round());
  await follower.stop();
};
const send = () => new WebhookSender(server.services).sendDue();
const told = (run: string) => agent.received.filter(({ json }) => json.data.run_id === run);

describe("a decision reaches the agent by its webhook (G16)", () => {
  it("signed, with the arguments to use, and the receipt tells when; to acknowledge is left to the agent", async () => {
    const approval = await ask("signed");
    await decide(approval, { decision: "edit", editedArguments: { path: "/b" }, comment: "only b" });
    expect(await receiptOf("signed")).toMatchObject({ sentAt: null, deliveredAt: null });
    await follow();
    await send();
    const [message] = told("signed");
    expect(message?.json).toMatchObject({
      type: "approval.decided",
      data: { decision: "approved", comment: "only b", edited_arguments: { path: "/b" } },
    });
    const hmac = createHmac("sha256", hook.secret)
      .update(message?.body ?? "")
      .digest("hex");
    expect(message?.headers["x-webhook-signature"]).toBe(`sha256=${hmac}`);
    expect(await receiptOf("signed")).toMatchObject({ sentVia: "webhook", deliveredVia: "webhook", acknowledgedAt: null });
    await server.send(`/api/approvals/${approval.id}/acknowledgement`, {});
    expect((await receiptOf("signed"))?.acknowledgedAt).not.toBeNull();
  });

  it("once, whoever was killed on the way: after the decision, between two followers, with the delivery in hand", async () => {
    const approval = await ask("killed");
    const { pool } = server.services;
    // Killed right behind the conditional update: no event yet.
    await pool`
      update approvals set status = 'denied', decision = 'deny', decided_through = 'watchfloor', decided_by = 'local owner',
        decided_at_ms = ${Date.now()}, claimed_until_ms = 0 where id = ${approval.id}`;
    await Promise.all([finishDecisions(), finishDecisions(), finishDecisions()]);
    await Promise.all([follow(), follow(), follow()]);
    // Killed with the delivery in hand: it is locked for as long as that process might live, and not sent by another until then.
    const room = { projectId: defaultProjectId, webhookId: uuidOf("webhook", hook.id), room: 10 };
    const claimed = await claimDeliveries(pool, { rooms: [room], lockedBy: randomUUID(), nowMs: Date.now(), lockMs: 60_000 });
    expect(claimed).toHaveLength(1);
    await send();
    expect(told("killed")).toHaveLength(0);
    await pool`update webhook_deliveries set locked_until_ms = 1 where id = ${claimed[0]?.id ?? ""}`;
    await Promise.all([send(), send()]);
    await send();
    expect(told("killed").map(({ json }) => json.data.decision)).toEqual(["denied"]);
    expect(await receiptOf("killed")).toMatchObject({ sentVia: "webhook", deliveredVia: "webhook" });
  });

  it("later where it is down: the receipt says sent, and delivered only once it was taken", async () => {
    const approval = await ask("down");
    answer.status = 503;
    await decide(approval, { decision: "approve" });
    await follow();
    await send();
    expect(await receiptOf("down")).toMatchObject({ sentVia: "webhook", deliveredAt: null, deliveredVia: null });
    answer.status = 200;
    await server.services.pool`update webhook_deliveries set next_attempt_ms = 0 where status = 'pending'`;
    await send();
    expect(told("down")).toHaveLength(2);
    expect(new Set(told("down").map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(await receiptOf("down")).toMatchObject({ deliveredVia: "webhook" });
  });
});
