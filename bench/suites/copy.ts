import { once } from "node:events";
import type { Pool } from "@/db/client";
import type { Product } from "../process/product";
import { openProductDatabase } from "../process/product-database";

const columns =
  "project_id, run_id, seq, received_at_ms, occurred_at_ms, type, source_type, frame_name, source_event_id, dedupe_key, estimated_nanos, flags, raw";
const chunkBytes = 256 * 1024;

/** Stored events as text for COPY: exactly the rows that the server made. */
export type CopyRows = { readonly rows: number; readonly chunks: readonly Buffer[] };

/**
 * Reads the latest events of the runs with this prefix as COPY writes them, on a connection of its own: the driver pauses its socket while
 * the rows wait, and leaves it so when the last of them and the end arrive together. The next query there would never be answered.
 */
export async function readRows(product: Pick<Product, "dataDir">, runPrefix: string, limit: number): Promise<CopyRows> {
  const query = `copy (select ${columns} from events where run_id in (select id from runs where external_id like '${runPrefix}%') limit ${limit}) to stdout`;
  const chunks: Buffer[] = [];
  const own = openProductDatabase(product);
  try {
    for await (const chunk of await own.unsafe(query).readable()) chunks.push(chunk as Buffer);
  } finally {
    await own.end({ timeout: 0 });
  }
  const text = Buffer.concat(chunks);
  let rows = 0;
  for (const byte of text) if (byte === 10) rows += 1;
  const pieces: Buffer[] = [];
  for (let at = 0; at < text.length; at += chunkBytes) pieces.push(text.subarray(at, at + chunkBytes));
  return { rows, chunks: pieces };
}

/** A partitioned table with the same columns, keys and indexes as the log. */
export async function makeCopyTable(database: Pool): Promise<void> {
  await database.unsafe("drop table if exists bench_copy");
  await database.unsafe("create table bench_copy (like events including all) partition by range (run_id)");
  await database.unsafe("create table bench_copy_default partition of bench_copy default");
}

/** Copies the rows into the empty table in one transaction; answers rows a second. */
export async function copyRows(database: Pool, { rows, chunks }: CopyRows): Promise<number> {
  await database.unsafe("truncate bench_copy");
  const from = performance.now();
  const copy = await database.unsafe(`copy bench_copy (${columns}) from stdin`).writable();
  for (const chunk of chunks) if (!copy.write(chunk)) await once(copy, "drain");
  const finished = once(copy, "finish");
  copy.end();
  await finished;
  return rows / ((performance.now() - from) / 1_000);
}
