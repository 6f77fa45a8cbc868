import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiKeys, members, runs, standingApprovals } from "@/db/schema";
import { canonicalJson } from "@/lib/core/approvals/canonical-json";
import { isJsonObject } from "@/lib/core/json";
import { storableJson } from "@/lib/core/json-storable";
import { roleScopes } from "@/lib/core/members/roles";
import type { NewStanding } from "@/lib/core/standing/standing";
import type { ApprovalRow } from "../approvals/approval-row";
import { requireMayStand } from "../approvals/policy";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { uuidv7 } from "../uuid";
import { whyNotStanding } from "./request-text";

/** Checks that requests like this one may be allowed in advance on these terms. Throws forbidden and invalid_decision. */
export async function checkStanding(row: ApprovalRow, wanted: NewStanding): Promise<void> {
  await requireMayStand(row.projectId);
  const refusal = (message: string, path: string) => new DomainError("invalid_decision", message, { path: `standing.${path}` });
  if (row.tool === null) throw refusal("Only tool requests can be allowed in advance.", "scope");
  if (wanted.scope === "agent" && row.agent === null) throw refusal("The request does not name its agent.", "scope");
  const unknown = Object.keys(wanted.rules).find((name) => !isJsonObject(row.arguments) || !Object.hasOwn(row.arguments, name));
  if (unknown !== undefined) throw refusal(`The request has no argument "${unknown.slice(0, 100)}".`, `rules.${unknown.slice(0, 100)}`);
  const why = await whyNotStanding(services().pool, row);
  if (why !== null) throw refusal(`This request cannot be allowed in advance: it has ${why}.`, "rules");
}

type Given = { readonly wanted: NewStanding; readonly by: Pick<Principal, "keyId" | "member"> & { readonly name: string } };

/** Stores it, in the transaction that approves the request it was created from. Throws forbidden. */
export async function createStanding(db: Pick<Db, "insert" | "select">, row: ApprovalRow, { wanted, by }: Given): Promise<void> {
  if (!(await stillDecides(db, row.projectId, by))) throw new DomainError("forbidden", "You are no longer allowed to decide here.");
  const nowMs = services().now();
  const [run] = await db
    .select({ sourceId: runs.sourceId, costNanos: runs.costNanos })
    .from(runs)
    .where(and(eq(runs.projectId, row.projectId), eq(runs.id, row.runId)));
  if (!run || row.tool === null) throw new Error("a request without a run or a tool cannot be allowed in advance");
  const { scope, rules, allowExtra, uses, minutes, maxNanos } = wanted;
  await db.insert(standingApprovals).values({
    ...{ projectId: row.projectId, id: uuidv7(nowMs), approvalId: row.id, tool: row.tool, runId: row.runId, agent: row.agent },
    ...{ scope, rules: storableJson(JSON.stringify(rules), rules).value as typeof rules, allowExtra, maxUses: uses, maxNanos },
    ...{ sourceId: run.sourceId, baseNanos: run.costNanos, arguments: canonicalJson(row.arguments) },
    endsAtMs: nowMs + minutes * 60_000,
    createdAtMs: nowMs,
    createdBy: by.name,
    createdByKey: by.keyId ?? null,
    createdByMember: by.member?.id ?? null,
  });
}

/**
 * Losing the right to decide revokes standing approvals (take-back-standing.ts). A decision in progress at that moment must not
 * leave one behind: whoever removes the right either waits for this row lock or was first.
 */
async function stillDecides(db: Pick<Db, "select">, projectId: string, { member, keyId }: Given["by"]): Promise<boolean> {
  if (member) {
    const own = and(eq(members.projectId, projectId), eq(members.id, member.id));
    const [found] = await db.select({ role: members.role }).from(members).where(own).for("share");
    return found !== undefined && roleScopes[found.role].includes("decide");
  }
  if (keyId === undefined) return true;
  const own = and(eq(apiKeys.projectId, projectId), eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt));
  return (await db.select({ id: apiKeys.id }).from(apiKeys).where(own).for("share")).length > 0;
}
