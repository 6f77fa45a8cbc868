import { bigint, json, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { RedactionPolicy } from "@/lib/core/redaction/policy";

/** What a project redacts from events before they are stored. A project without a row has the defaults of lib/core/redaction/policy. */
export const redactionPolicies = pgTable("redaction_policies", {
  projectId: uuid("project_id").primaryKey(),
  policy: json().$type<RedactionPolicy>().notNull(),
  changedAtMs: bigint("changed_at_ms", { mode: "number" }).notNull(),
  changedBy: text("changed_by").notNull(),
});
