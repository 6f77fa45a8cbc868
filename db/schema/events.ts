import { sql } from "drizzle-orm";
import { bigint, index, json, pgTable, primaryKey, smallint, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

/** Bits of `flags`. */
export const eventFlags = {
  /** U+0000 or lone surrogates were replaced, because PostgreSQL cannot store them. */
  sanitized: 1,
  /** Tokens without a reported cost, for a model without a known price. */
  unpriced: 2,
  /** Written by Watchfloor itself; no sender can set it. */
  own: 4,
} as const;

function columns() {
  return {
    projectId: uuid("project_id").notNull(),
    runId: uuid("run_id").notNull(),
    /** 1..N within the run, without gaps, shared by both tables. */
    seq: bigint({ mode: "number" }).notNull(),
    receivedAtMs: bigint("received_at_ms", { mode: "number" }).notNull(),
    occurredAtMs: bigint("occurred_at_ms", { mode: "number" }),
    /** Canonical type at the time of writing, used only for searching; readers decode `raw`. */
    type: text().notNull(),
    sourceType: text("source_type").notNull(),
    /** The `event:` name of the SSE frame that it arrived in, if any. */
    frameName: text("frame_name"),
    sourceId: text("source_event_id"),
    dedupeKey: text("dedupe_key"),
    estimatedNanos: bigint("estimated_nanos", { mode: "number" }),
    flags: smallint().notNull().default(0),
    /** `json`, not `jsonb`: the sender's text byte for byte, smaller and faster to write. */
    raw: json().notNull(),
  };
}

/** The log. Range-partitioned on run_id by day (db/partitions.ts). */
export const events = pgTable("events", columns(), (t) => [
  primaryKey({ columns: [t.projectId, t.runId, t.seq] }),
  uniqueIndex("events_dedupe").on(t.projectId, t.dedupeKey, t.runId).where(sql`dedupe_key is not null`),
  index("events_received").using("brin", t.receivedAtMs),
]);

/** Deltas, thoughts and heartbeats: same columns and same seq space, kept for a shorter time. */
export const eventsEphemeral = pgTable("events_ephemeral", columns(), (t) => [
  primaryKey({ columns: [t.projectId, t.runId, t.seq] }),
  uniqueIndex("events_ephemeral_dedupe").on(t.projectId, t.dedupeKey, t.runId).where(sql`dedupe_key is not null`),
]);

/** The outbox: one row per (commit, run). Live pages, webhooks and other processes follow it. */
export const feed = pgTable(
  "feed",
  {
    projectId: uuid("project_id").notNull(),
    feedSeq: bigint("feed_seq", { mode: "number" }).notNull(),
    runId: uuid("run_id").notNull(),
    firstSeq: bigint("first_seq", { mode: "number" }).notNull(),
    lastSeq: bigint("last_seq", { mode: "number" }).notNull(),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.feedSeq] })],
);

/**
 * A long run's fold, stored every so many events, so that every position is near a stored one. Nothing depends on it: what is
 * missing is folded from the log.
 */
export const runSnapshots = pgTable(
  "run_snapshots",
  {
    projectId: uuid("project_id").notNull(),
    runId: uuid("run_id").notNull(),
    seq: bigint({ mode: "number" }).notNull(),
    /** Version of the fold that wrote it; other versions are not read. */
    foldVersion: text("fold_version").notNull(),
    /** The state without its long lists, and what remains of the lists. */
    state: text().notNull(),
    held: text().notNull().default(""),
    /**
     * What the events since the previous snapshot did to the lists: the rows they added, stored separately, and their changes to
     * earlier rows.
     */
    spans: text().notNull().default(""),
    entries: text().notNull().default(""),
    changes: text().notNull().default(""),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.runId, t.seq] })],
);
