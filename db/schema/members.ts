import { pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { roles } from "@/lib/core/members/roles";

/** People in a project, each with a name and a role. Removed members have no row; their names stay in their decisions. */
export const members = pgTable(
  "members",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    name: text().notNull(),
    /** What a hurried reader sees of the name (lib/core/members/likeness), unique among a project's members. */
    likeness: text().notNull(),
    role: text({ enum: roles }).notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    createdBy: text("created_by").notNull(),
    /** Updated every few minutes at most. */
    lastSeenAt: timestamp("last_seen_at", { withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] }), uniqueIndex("members_likeness").on(t.projectId, t.likeness)],
);
