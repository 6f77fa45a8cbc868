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

/** How a deed ended, and what was not known before it. */
export type Ending = {
  readonly outcome: (typeof auditOutcomes)[number];
  readonly subjectId?: string;
  readonly subjectName?: string;
  readonly detail?: string;
};

type Tx = Pick<Db, "select" | "insert">;

/** Writes down who is about to do what. What follows is not done when this fails. */
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

/** Nothing was done: the request was refused. */
export async function dropEntry({ projectId, id }: OpenEntry): Promise<void> {
  await services()
    .db.delete(auditLog)
    .where(and(eq(auditLog.projectId, projectId), eq(auditLog.id, id), isNull(auditLog.seq)));
}

/** Gives an entry its place at the end of its project's log, bound to the one before. Does nothing when somebody else has. */
export async function closeEntry({ projectId, id }: OpenEntry, { outcome, subjectId, subjectName, detail }: Ending): Promise<void> {
  const { db, sealer } = services();
  await db.transaction(async (tx) => {
    // The first of a project writes under the lock of its own row, as all others do.
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
