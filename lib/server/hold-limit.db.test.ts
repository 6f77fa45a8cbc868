import { afterAll, beforeAll, expect, it } from "vitest";
import type { Source } from "@/lib/core/api/source";
import { startTestServer, type TestServer } from "@/test/server";
import { mostRules } from "./alerts/change-rules";
import { mostChannels } from "./alerts/channels";
import { maxBudgets } from "./budgets/create-budget";
import { maxPrices } from "./prices/create-price";
import { maxStreams } from "./sources/save-stream";
import { maxWebhooks } from "./webhooks/create-webhook";

let server: TestServer;
let source: Source;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
  source = (await (
    await server.send("/api/sources", { dialect: "shannon", name: "gateway", address: "http://127.0.0.1:9" })
  ).json()) as Source;
});
afterAll(() => server.stop());

const url = "http://127.0.0.1:9/hook";
const limits = [
  { things: "webhooks", table: "webhooks", most: maxWebhooks, path: () => "/api/v1/webhooks", body: () => ({ url, events: ["*"] }) },
  {
    ...{ things: "channels", table: "webhooks", most: mostChannels, path: () => "/api/alerts/channels" },
    body: () => ({ kind: "webhook", name: "Pager", url }),
  },
  {
    ...{ things: "alert rules", table: "alert_rules", most: mostRules, path: () => "/api/alerts/rules" },
    body: () => ({ name: "Books fail", kind: "run-failed", alert: 1 }),
  },
  {
    ...{ things: "followed streams", table: "source_streams", most: maxStreams, path: () => `/api/sources/${source.id}/streams` },
    body: (n: number) => ({ url: `http://127.0.0.1:9/api/v1/stream/sse?workflow_id=wf-${n}` }),
  },
  {
    ...{ things: "prices", table: "prices", most: maxPrices, path: () => "/api/prices" },
    body: () => ({ model: "house-7", input: "2", output: "8" }),
  },
  {
    ...{ things: "budgets", table: "budgets", most: maxBudgets, path: () => "/api/budgets" },
    body: () => ({ name: "All", scope: "project", unit: "tokens", window: "day", amount: 5_000 }),
  },
];

it.each(limits)(
  "of $things that are made at once only as many are made as there is room for",
  async ({ things, table, most, path, body }) => {
    const { pool } = server.services;
    await pool.unsafe(`delete from ${table}`);
    const first = await server.send(path(), body(0));
    expect([first.status, await first.text()]).toEqual([201, expect.any(String)]);
    // All but two of them.
    await pool.unsafe(`
    insert into ${table} select (jsonb_populate_record(null::${table}, to_jsonb(t) || jsonb_build_object('id', gen_random_uuid(), 'url', 'http://127.0.0.1:9/' || n))).*
    from ${table} t, generate_series(1, ${most - 3}) n`);
    const replies = await Promise.all(Array.from({ length: 8 }, (_, n) => server.send(path(), body(n + 1))));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409, 409, 409]);
    const refused = await replies.find(({ status }) => status === 409)?.json();
    expect(refused).toMatchObject({ error: { code: "conflict", message: `A project has at most ${most} ${things}.` } });
  },
);
