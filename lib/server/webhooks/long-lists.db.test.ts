import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import { startTestServer, type TestServer } from "@/test/server";
import { listChannels } from "../alerts/channels";
import { installServices, type Services, services } from "../services";
import { activeReceivers } from "./claim-deliveries";
import { listDeliveries } from "./list-deliveries";
import { listWebhooks } from "./list-webhooks";
import { publicId } from "./public-id";

let server: TestServer;
const busy = "01900000-0000-7000-8000-000000000001";
const idle = "01900000-0000-7000-8000-000000000002";
const channel = "01900000-0000-7000-8000-000000000003";

beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
  const { pool } = server.services;
  for (const [id, kind] of [
    [busy, "events"],
    [idle, "events"],
    [channel, "webhook"],
  ] as const)
    await pool`
      insert into webhooks (project_id, id, kind, url, events, secret, status, from_feed_seq, created_at_ms)
      values (${defaultProjectId}, ${id}, ${kind}, 'https://example.com/', '{"*"}', '', 'active', 0, 0)`;
  await pool`
    insert into webhook_deliveries (project_id, id, webhook_id, message_key, type, family, source_name, body, created_at_ms, status, attempts, log)
    select ${defaultProjectId}, lpad(to_hex(n), 32, '0')::uuid, ${busy}, n::text, 'session.completed', 'event', 'default', '{}', n, 'delivered', 1,
      '[{"at":"2026-02-21T03:27:00.000Z","status_code":200,"error":null,"duration_ms":1,"reply":null}]'
    from generate_series(1, 100000) n`;
  await pool`analyze webhook_deliveries`;
});
afterAll(() => server.stop());

/** How many rows of a table are read by this. */
async function rowsRead(list: () => Promise<unknown>, table = "webhook_deliveries"): Promise<number> {
  const { services } = server;
  try {
    return await services.pool.begin(async (tx) => {
      const read = async () => {
        const [row] = await tx`
          select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as n from pg_stat_xact_user_tables where relname = ${table}`;
        return Number(row?.n);
      };
      installServices({ ...services, pool: tx as unknown as Services["pool"] });
      const before = await read();
      await list();
      return (await read()) - before;
    });
  } finally {
    installServices(services);
  }
}

describe("with 100,000 deliveries", () => {
  it("the list of webhooks reads a row of each that was ever told, and none of others", async () => {
    const page = { limit: 50, offset: 0 };
    expect((await listWebhooks(defaultProjectId, page)).data.map((one) => one.last_delivery?.status_code)).toEqual([200, undefined]);
    expect(await rowsRead(() => listWebhooks(defaultProjectId, page))).toBeLessThan(10);
  });

  it("the list of channels reads none of the webhooks' rows", async () => {
    expect((await listChannels(defaultProjectId)).channels).toMatchObject([{ last: null }]);
    expect(await rowsRead(() => listChannels(defaultProjectId))).toBeLessThan(10);
  });

  it("the list of one webhook's deliveries reads none of another's", async () => {
    const page = { limit: 50, offset: 0 };
    expect(await rowsRead(() => listDeliveries(defaultProjectId, publicId("webhook", idle), page))).toBeLessThan(10);
  });
});

it("who may be sent to is found without reading the 20,000 sources that senders named and nobody gave an address", async () => {
  const { pool } = server.services;
  await pool`insert into sources (project_id, id, dialect, name) select ${defaultProjectId}, gen_random_uuid(), 'shannon', n::text from generate_series(1, 20000) n`;
  const [called] = await pool`update sources set address = 'https://example.com' where name = '7' returning id`;
  await pool`analyze sources`;
  expect((await activeReceivers(pool)).map(({ webhookId }) => webhookId).sort()).toEqual([busy, idle, channel, called?.id].sort());
  expect(await rowsRead(() => activeReceivers(services().pool), "sources")).toBeLessThan(10);
});
