import { bigint, boolean, index, integer, json, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { deadlineMeanings } from "@/lib/core/approvals/deadline-meanings";
import { standingScopes } from "@/lib/core/standing/scopes";
import type { ArgumentRule } from "@/lib/core/standing/standing";

const instant = (name: string) => bigint(name, { mode: "number" });

/** "Allow the next ones like this": approvals given in advance, with limits. All times are ours, in epoch milliseconds. */
export const standingApprovals = pgTable(
  "standing_approvals",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    /** The request it was created from; its arguments define "same". */
    approvalId: uuid("approval_id").notNull(),
    tool: text().notNull(),
    scope: text({ enum: standingScopes }).notNull(),
    runId: uuid("run_id").notNull(),
    sourceId: uuid("source_id").notNull(),
    agent: text(),
    /** As text: the canonical JSON that people were shown. */
    arguments: text().notNull(),
    rules: json().$type<Readonly<Record<string, ArgumentRule>>>().notNull(),
    allowExtra: boolean("allow_extra").notNull(),
    maxUses: integer("max_uses").notNull(),
    uses: integer().notNull().default(0),
    maxNanos: bigint("max_nanos", { mode: "number" }),
    /** The run's cost when it was created. */
    baseNanos: bigint("base_nanos", { mode: "number" }).notNull(),
    endsAtMs: instant("ends_at_ms").notNull(),
    createdAtMs: instant("created_at_ms").notNull(),
    createdBy: text("created_by").notNull(),
    createdByKey: uuid("created_by_key"),
    /** The member that created it: when they lose the right to decide, it ends. */
    createdByMember: uuid("created_by_member"),
    revokedAtMs: instant("revoked_at_ms"),
    revokedBy: text("revoked_by"),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] }), index("standing_approvals_ending").on(t.endsAtMs)],
);

/** Each request that a standing approval approved. */
export const standingUses = pgTable(
  "standing_uses",
  {
    projectId: uuid("project_id").notNull(),
    standingId: uuid("standing_id").notNull(),
    n: integer().notNull(),
    approvalId: uuid("approval_id").notNull(),
    runId: uuid("run_id").notNull(),
    /** The run's cost at that time. */
    runNanos: bigint("run_nanos", { mode: "number" }).notNull(),
    atMs: instant("at_ms").notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.standingId, t.n] }), uniqueIndex("standing_uses_approval").on(t.projectId, t.approvalId)],
);

/** How a project handles requests; a project without a row has the defaults of lib/core/approvals/policy. */
export const approvalPolicies = pgTable("approval_policies", {
  projectId: uuid("project_id").primaryKey(),
  /** For requests without a deadline; null = they wait for as long as their run is open. */
  deadlineMs: instant("deadline_ms"),
  onDeadline: text("on_deadline", { enum: deadlineMeanings }).notNull(),
  standingAllowed: boolean("standing_allowed").notNull(),
  changedAtMs: instant("changed_at_ms").notNull(),
  changedBy: text("changed_by").notNull(),
});
