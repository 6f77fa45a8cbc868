import { sql } from "drizzle-orm";
import { bigint, index, integer, json, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { PriceRule } from "@/lib/core/prices/price-book";
import type { RepricingDifference } from "@/lib/core/prices/repricing";
import { repricingStatuses } from "@/lib/core/prices/repricing-status";

const count = (name: string) => bigint(name, { mode: "number" });

/** What the project pays for a model. Prices are in nano-dollars per million tokens. */
export const prices = pgTable(
  "prices",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    model: text().notNull(),
    provider: text(),
    input: count("input").notNull(),
    output: count("output").notNull(),
    cachedRead: count("cached_read"),
    cachedWrite: count("cached_write"),
    reasoning: count("reasoning"),
    /** 0 = always. */
    validFromMs: count("valid_from_ms").notNull(),
    createdAtMs: count("created_at_ms").notNull(),
    createdBy: text("created_by").notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] })],
);

/** Repricings of past estimates: first counted, then written on request. Kept as the record of who did it and what it changed. */
export const repricings = pgTable(
  "repricings",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    /** Null = all models. */
    model: text(),
    fromMs: count("from_ms").notNull(),
    toMs: count("to_ms").notNull(),
    /** The project's prices when it was requested: what is written is what was shown. */
    prices: json().$type<readonly PriceRule[]>().notNull(),
    status: text({ enum: repricingStatuses }).notNull(),
    createdBy: text("created_by").notNull(),
    createdAtMs: count("created_at_ms").notNull(),
    appliedBy: text("applied_by"),
    appliedAtMs: count("applied_at_ms"),
    endedAtMs: count("ended_at_ms"),
    /** The last run done in this phase. */
    cursor: uuid(),
    /** In this phase: runs processed, runs that change, and runs whose log is no longer complete. */
    runsSeen: integer("runs_seen").notNull().default(0),
    runsChanged: integer("runs_changed").notNull().default(0),
    runsSkipped: integer("runs_skipped").notNull().default(0),
    eventsChanged: integer("events_changed").notNull().default(0),
    /** The estimates of the changing runs before and after, in nano-dollars, and their events without a price. */
    beforeNanos: count("before_nanos").notNull().default(0),
    afterNanos: count("after_nanos").notNull().default(0),
    unpricedBefore: integer("unpriced_before").notNull().default(0),
    unpricedAfter: integer("unpriced_after").notNull().default(0),
    /** The result of the count when it was applied. */
    counted: json().$type<RepricingDifference>(),
    lockedBy: uuid("locked_by"),
    lockedUntilMs: count("locked_until_ms"),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.id] }),
    index("repricings_due").on(t.createdAtMs).where(sql`status in ('counting', 'applying')`),
  ],
);
