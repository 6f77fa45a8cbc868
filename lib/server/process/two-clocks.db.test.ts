import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { WebhookWithSecret } from "@/lib/core/webhooks/webhook";
import { startTestServer, type TestServer } from "@/test/server";
import { WebhookFollower } from "../jobs/webhook-follower";
import { claimDeliveries } from "../webhooks/claim-deliveries";
import { uuidOf } from "../webhooks/public-id";

const hourMs = 3_600_000;

/** A server whose machine's clock is three hours ahead; whatever stands beside it on the same database has the right one. */
let server: TestServer;
beforeAll(async () => {
  const machine = { wallMs: () => Date.now() + 3 * hourMs, upMs: () => performance.now() };
  server = await startTestServer({ webhookJobs: false, machine });
});
afterAll(() => server.stop());

describe("a server whose clock is three hours ahead of its database's", () => {
  it("goes by the database's", async () => {
    expect(Math.abs(server.services.now() - Date.now())).toBeLessThan(hourMs);
  });

  it("leaves what another server holds to that server", async () => {
    const { services, send } = server;
    const { id } = (await (await send("/webhooks", { url: "http://127.0.0.1:9/", events: ["session.*"] })).json()) as WebhookWithSecret;
    await send("/api/ingest/resonant", { id: "evt_1", type: "session.started", data: { session_id: "sess_1" } });
    const follower = new WebhookFollower(services, () => {});
    while (await follower.round());
    await follower.stop();
    const rooms = [{ projectId: defaultProjectId, webhookId: uuidOf("webhook", id), room: 9 }];
    const claim = (nowMs: number) => claimDeliveries(services.pool, { rooms, lockedBy: randomUUID(), nowMs, lockMs: hourMs });
    expect(await claim(Date.now() + 60_000)).toHaveLength(1);
    expect(await claim(services.now())).toEqual([]);
  });

  it("says when an event came by the database's", async () => {
    const { services, send } = server;
    await send("/api/ingest/resonant", { id: "evt_2", type: "session.started", data: { session_id: "sess_2" } });
    const [row] = await services.pool`select max(received_at_ms) as ms from events`;
    expect(Math.abs(Number(row?.ms) - Date.now())).toBeLessThan(hourMs);
  });
});
