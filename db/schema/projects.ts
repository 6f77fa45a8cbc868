import { sql } from "drizzle-orm";
import { bigint, index, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";

/** The tenant boundary. */
export const projects = pgTable("projects", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

/** The feed's counter, separate from `projects` because every commit updates it. */
export const feedHeads = pgTable("feed_heads", {
  projectId: uuid("project_id").primaryKey(),
  seq: bigint({ mode: "number" }).notNull().default(0),
});

/** Where a run's events come from: one per project, dialect and name, created when its first event arrives. */
export const sources = pgTable(
  "sources",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    dialect: text().notNull(),
    name: text().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    /** What its runs are for, such as `production`: costs and lists are grouped by it; null = not set. */
    environment: text(),
    /** The system's own address: decisions and control requests are sent there. */
    address: text(),
    /** Sealed (lib/server/secrets). */
    token: text(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.id] }),
    uniqueIndex("sources_name").on(t.projectId, t.dialect, t.name),
    // Senders may create any number of sources; few have an environment, and those are read again and again.
    index("sources_environment").on(t.projectId, t.environment).where(sql`${t.environment} is not null`),
    // The same for addresses, which every worker reads twice a second.
    index("sources_address").on(t.projectId, t.id).where(sql`${t.address} is not null`),
  ],
);
