import { sql } from "drizzle-orm";
import { bigint, doublePrecision, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { replayStatuses } from "@/lib/core/webhooks/replay";

/** A range of the log that is sent again, in order, to one address. */
export const replays = pgTable(
  "replays",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    url: text().notNull(),
    types: text().array().notNull(),
    sinceMs: bigint("since_ms", { mode: "number" }),
    untilMs: bigint("until_ms", { mode: "number" }),
    /** Set if a single run is replayed. */
    runId: uuid("run_id"),
    /** Sealed; null = unsigned. */
    secret: text(),
    /** Speed relative to the original; null = as fast as the receiver accepts it. */
    speed: doublePrecision(),
    status: text({ enum: replayStatuses }).notNull(),
    total: integer().notNull(),
    delivered: integer().notNull().default(0),
    /** Number of the last item done. */
    position: integer().notNull().default(0),
    /** Failed attempts at the item after `position`. */
    tries: integer().notNull().default(0),
    nextAttemptMs: bigint("next_attempt_ms", { mode: "number" }).notNull(),
    lockedBy: uuid("locked_by"),
    lockedUntilMs: bigint("locked_until_ms", { mode: "number" }),
    error: text(),
    createdAtMs: bigint("created_at_ms", { mode: "number" }).notNull(),
    endedAtMs: bigint("ended_at_ms", { mode: "number" }),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] }), index("replays_running").on(t.nextAttemptMs).where(sql`status = 'running'`)],
);

/** What a running replay will send, numbered 1..total when it is requested; deleted when it ends. */
export const replayItems = pgTable(
  "replay_items",
  {
    projectId: uuid("project_id").notNull(),
    replayId: uuid("replay_id").notNull(),
    n: integer().notNull(),
    runId: uuid("run_id").notNull(),
    seq: bigint({ mode: "number" }).notNull(),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.replayId, t.n] })],
);
