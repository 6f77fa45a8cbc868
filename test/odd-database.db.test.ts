import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { beforeAll, expect, it } from "vitest";
import { databaseAddress } from "@/bench/process/database-address";
import { ensureBuilt } from "@/bench/process/ensure-built";
import { startProduct } from "@/bench/process/product";
import { createTestDatabase } from "./postgres";

beforeAll(() => ensureBuilt());

it("serves from a database whose defaults are not PostgreSQL's: what is stored is read, and events from many senders wait for each other", async () => {
  const { connection, drop } = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "wf-odd-"));
  const sql = postgres({ ...connection, max: 1 });
  for (const setting of ["bytea_output = escape", "datestyle = 'SQL, DMY'", "default_transaction_isolation = 'repeatable read'"])
    await sql.unsafe(`alter database ${connection.database} set ${setting}`);
  await sql.end();
  const product = await startProduct({ dataDir, env: { DATABASE_URL: databaseAddress(connection) } });
  const ask = (path: string, key: string, body?: unknown) =>
    fetch(`http://127.0.0.1:${product.port}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  // Keys are compared by their stored bytes.
  const made = (await (await ask("/api/keys", product.key, { name: "sender", scopes: ["ingest", "read"] })).json()) as { key: string };
  const sent = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      ask("/events", made.key, { workflow_id: "wf-odd", type: "AGENT_STARTED", agent_id: `a${index}`, timestamp: "2026-02-03T04:05:06Z" }),
    ),
  );
  expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 200));
  const { events } = (await (await ask("/api/runs/wf-odd/events", made.key)).json()) as { events: { seq: number; occurredAt: string }[] };
  expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  expect(new Set(events.map(({ occurredAt }) => occurredAt))).toEqual(new Set(["2026-02-03T04:05:06.000Z"]));
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
  await drop();
});
