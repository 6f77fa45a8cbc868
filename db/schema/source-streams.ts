import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";

const instant = (name: string) => bigint(name, { mode: "number" });

/** A stream at a source's own address that we follow. All times are ours, in epoch milliseconds. */
export const sourceStreams = pgTable(
  "source_streams",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    sourceId: uuid("source_id").notNull(),
    url: text().notNull(),
    /** Body of the POST that opens it; null = it is opened with GET. */
    body: text(),
    /** The run of events that name none. */
    run: text(),
    /** following: connected or about to connect; ended: the source said that nothing more will come; failed: given up. */
    status: text({ enum: ["following", "paused", "ended", "failed"] }).notNull(),
    /** Id of the last frame whose event is in the log. */
    cursor: text(),
    events: bigint({ mode: "number" }).notNull().default(0),
    duplicates: bigint({ mode: "number" }).notNull().default(0),
    createdAtMs: instant("created_at_ms").notNull(),
    connectedAtMs: instant("connected_at_ms"),
    lastEventAtMs: instant("last_event_at_ms"),
    /** From the source's own time of the latest event to its arrival. */
    lagMs: instant("lag_ms"),
    error: text(),
    /** Consecutive connections that brought nothing. */
    tries: integer().notNull().default(0),
    nextTryMs: instant("next_try_ms").notNull(),
    /** The process that follows it, for as long as it renews the claim. */
    heldBy: uuid("held_by"),
    heldUntilMs: instant("held_until_ms"),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.id] }),
    uniqueIndex("source_streams_url").on(t.projectId, t.sourceId, t.url, sql`coalesce(run, '')`).where(sql`body is null`),
    index("source_streams_due").on(t.nextTryMs).where(sql`status = 'following'`),
  ],
);
