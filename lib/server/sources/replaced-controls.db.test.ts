import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { Control, RunControl } from "@/lib/core/api/control";
import type { Source } from "@/lib/core/api/source";
import type { SourceCall } from "@/lib/core/api/source-call";
import { startTestServer, type TestServer } from "@/test/server";
import { SourceServer } from "@/test/source-server";
import { WebhookSender } from "../jobs/webhook-sender";
import type { OutboundRequest } from "../outbound/post";
import { activeReceivers, claimDeliveries, holdDeliveries } from "../webhooks/claim-deliveries";

/** No workers of its own: the tests run them. */
let server: TestServer;
let shannon: SourceServer;
let source: Source;
let names = 0;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
beforeEach(async () => {
  shannon = await new SourceServer().listen();
  names += 1;
  const wanted = { dialect: "shannon", name: `gateway ${names}`, address: shannon.url, token: shannon.token };
  source = (await (await server.send("/api/sources", wanted)).json()) as Source;
});
afterEach(() => shannon.stop());
afterAll(() => server.stop());

const tell = (run: string, type: string, seq: number) =>
  server.send(`/api/ingest/shannon?source=${encodeURIComponent(source.name)}`, { workflow_id: run, type, seq });
const sent = () => new WebhookSender(server.services).sendDue();
const due = () => server.services.pool`update webhook_deliveries set next_attempt_ms = 0 where status = 'pending'`;
const posts = (path: string) => shannon.called.filter((call) => call.path === path);

describe("a run whose id cannot stand in an address", () => {
  it("is not paused at another path of the source: nothing is sent, by nobody and not again, and the call says why", async () => {
    await tell("..", "WORKFLOW_STARTED", 1);
    const { runs } = (await (await server.fetch("/api/runs")).json()) as { runs: { id: string; externalId: string }[] };
    const run = runs.find(({ externalId }) => externalId === "..")?.id;
    const control = (await (await server.send(`/api/runs/${run}/pause`, {})).json()) as Control;
    const calls = async () =>
      ((await (await server.fetch(`/api/runs/${run}/control/${control.id}/calls`)).json()) as { calls: SourceCall[] }).calls;
    const told = [{ status: "failed", attempts: 0, url: null, log: [{ error: expect.stringContaining("another path") }] }];
    expect(await calls()).toMatchObject(told);
    await server.send(`/api/runs/${run}/control/${control.id}/resend`, {});
    await sent();
    expect(await calls()).toMatchObject(told);
    expect(shannon.called).toEqual([]);
    const { latest } = (await (await server.fetch(`/api/runs/${run}/control`)).json()) as RunControl;
    expect(latest).toMatchObject({ acknowledgedAt: null });
  });
});

describe("a source that is asked to pause or stop a run", () => {
  it("is not asked again for what was replaced while it was being asked", async () => {
    const run = `replaced-${names}`;
    await tell(run, "WORKFLOW_STARTED", 1);
    await server.send(`/api/runs/${run}/pause`, {});
    const outbound = Object.assign(Object.create(server.services.outbound), {
      post: async (request: OutboundRequest) => {
        await server.send(`/api/runs/${run}/cancel`, {});
        await server.services.outbound.post(request);
        return { kind: "failed", reason: "timeout", message: "No answer in time.", durationMs: 10_000 };
      },
    });
    await new WebhookSender({ ...server.services, outbound }).sendDue();
    await due();
    await sent();
    expect(posts(`/api/v1/tasks/${run}/pause`)).toHaveLength(1);
    expect(posts(`/api/v1/tasks/${run}/cancel`).length).toBeGreaterThan(0);
  });

  it("is not asked again to pause when it did and was asked to go on since", async () => {
    const run = `paused-${names}`;
    await tell(run, "WORKFLOW_STARTED", 1);
    shannon.answer = { status: 503, body: "" };
    await server.send(`/api/runs/${run}/pause`, {});
    await sent();
    await tell(run, "WORKFLOW_PAUSED", 2);
    shannon.answer = null;
    expect((await server.send(`/api/runs/${run}/resume`, {})).status).toBe(202);
    await due();
    await sent();
    expect(posts(`/api/v1/tasks/${run}/resume`)).toHaveLength(1);
    expect(posts(`/api/v1/tasks/${run}/pause`)).toHaveLength(1);
  });

  it.each(["stored it and was killed", "was about to send it and stopped"])(
    "is not asked for what was replaced after a process %s",
    async (how) => {
      const run = `left-${names}`;
      await tell(run, "WORKFLOW_STARTED", 1);
      const { pool } = server.services;
      if (how.startsWith("stored")) {
        const { id } = (await (await server.fetch(`/api/runs/${run}`)).json()) as { id: string };
        await pool`insert into control_requests (project_id, id, run_id, number, action, outcome, requested_by, requested_at_ms, claimed_until_ms)
          values (${defaultProjectId}, gen_random_uuid(), ${id}, 1, 'pause', 'open', 'local owner', ${Date.now()}, 8640000000000000)`;
      } else {
        await server.send(`/api/runs/${run}/pause`, {});
        const rooms = (await activeReceivers(pool)).map((receiver) => ({ ...receiver, room: 9 }));
        const lockedBy = randomUUID();
        const claimed = await claimDeliveries(pool, { rooms, lockedBy, nowMs: Date.now(), lockMs: 60_000 });
        await holdDeliveries(pool, { deliveries: claimed, lockedBy, untilMs: 0 });
      }
      await server.send(`/api/runs/${run}/cancel`, {});
      await sent();
      expect(posts(`/api/v1/tasks/${run}/cancel`)).toHaveLength(1);
      expect(posts(`/api/v1/tasks/${run}/pause`)).toHaveLength(0);
    },
  );
});
