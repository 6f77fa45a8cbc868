import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { auditHeads, auditLog } from "@/db/schema";
import type { AuditAction } from "@/lib/core/audit/actions";
import type { auditOutcomes } from "@/lib/core/audit/entry";
import { deciderName } from "../approvals/decider-name";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { uuidv7 } from "../uuid";
import { type AuditRow, beforeAll, proofOfEntry, proofOfHead } from "./proof";

/** An entry that is not closed yet. */
export type OpenEntry = { readonly projectId: string; readonly id: string };

type Deed = { readonly action: AuditAction; readonly requestId: string; readonly subjectId?: string };

/** How an action ended, and what was not known before it. */
export type Ending = {
  readonly outcome: (typeof auditOutcomes)[number];
  readonly subjectId?: string;
  readonly subjectName?: string;
  readonly detail?: string;
};

type Tx = Pick<Db, "select" | "insert">;

/** Records who is about to do what. If this fails, the action is not done. */
export async function openEntry(principal: Principal, { action, requestId, subjectId }: Deed, tx: Tx = services().db): Promise<OpenEntry> {
  const { now } = services();
  const entry = { projectId: principal.projectId, id: uuidv7(now()) };
  await tx.insert(auditLog).values({
    ...entry,
    ...{ atMs: now(), ...actorOf(principal) },
    ...{ actorName: await deciderName(principal, tx), action, requestId, subjectId: subjectId ?? null },
  });
  return entry;
}

function actorOf({ kind, keyId, member }: Principal): Pick<AuditRow, "actor" | "actorId"> {
  if (member) return { actor: "member", actorId: member.id };
  return { actor: kind === "nobody" ? "session" : kind, actorId: keyId ?? null };
}

/** Deletes the entry of a request that was refused, because nothing was done. */
export async function dropEntry({ projectId, id }: OpenEntry): Promise<void> {
  await services()
    .db.delete(auditLog)
    .where(and(eq(auditLog.projectId, projectId), eq(auditLog.id, id), isNull(auditLog.seq)));
}

/** Gives an entry its place at the end of its project's log, chained to the one before. Does nothing if somebody else already has. */
export async function closeEntry({ projectId, id }: OpenEntry, { outcome, subjectId, subjectName, detail }: Ending): Promise<void> {
  const { db, sealer } = services();
  await db.transaction(async (tx) => {
    // The first entry of a project is also written under the lock of its row, like all others.
    const none = { projectId, seq: 0, proof: beforeAll };
    await tx
      .insert(auditHeads)
      .values({ ...none, ownProof: proofOfHead(sealer, none) })
      .onConflictDoNothing();
    const [head] = await tx.select().from(auditHeads).where(eq(auditHeads.projectId, projectId)).for("update");
    const own = and(eq(auditLog.projectId, projectId), eq(auditLog.id, id), isNull(auditLog.seq));
    const [open] = await tx.select().from(auditLog).where(own);
    if (!head || !open) return;
    const closed = {
      ...open,
      ...{ seq: head.seq + 1, before: head.proof, outcome, subjectId: subjectId ?? open.subjectId },
      ...{ subjectName: subjectName ?? null, detail: detail ?? null },
    };
    const proof = proofOfEntry(sealer, closed);
    const end = { projectId, seq: closed.seq, proof };
    await tx
      .update(auditLog)
      .set({ ...closed, proof })
      .where(own);
    await tx
      .update(auditHeads)
      .set({ ...end, ownProof: proofOfHead(sealer, end) })
      .where(eq(auditHeads.projectId, projectId));
  });
}
