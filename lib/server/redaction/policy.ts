import { eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { redactionPolicies } from "@/db/schema";
import { defaultRedaction, type RedactionPolicy } from "@/lib/core/redaction/policy";
import { deciderName } from "../approvals/decider-name";
import { DomainError } from "../errors";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { faultOf } from "./own-patterns";

export async function readPolicy(db: Db, projectId: string): Promise<RedactionPolicy> {
  const [row] = await db
    .select({ policy: redactionPolicies.policy })
    .from(redactionPolicies)
    .where(eq(redactionPolicies.projectId, projectId));
  return row?.policy ?? defaultRedaction;
}

/** Applies to what arrives from now on: at once in this process, within two seconds in others. Throws invalid_request. */
export async function changePolicy(principal: Principal, policy: RedactionPolicy): Promise<RedactionPolicy> {
  requireUsable(policy);
  const { db, now, redaction } = services();
  const row = { policy, changedAtMs: now(), changedBy: await deciderName(principal) };
  await db
    .insert(redactionPolicies)
    .values({ ...row, projectId: principal.projectId })
    .onConflictDoUpdate({ target: redactionPolicies.projectId, set: row });
  await redaction.renew(principal.projectId);
  return policy;
}

/** Throws invalid_request with the path of the pattern that cannot be used. */
export function requireUsable({ patterns }: RedactionPolicy): void {
  const fault = faultOf(patterns);
  if (fault) throw new DomainError("invalid_request", fault.message, { path: `patterns.${fault.index}.pattern` });
}
