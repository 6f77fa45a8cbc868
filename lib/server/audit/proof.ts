import type { auditHeads, auditLog } from "@/db/schema";
import type { Sealer } from "../secrets/seal";

export type AuditRow = typeof auditLog.$inferSelect;
export type AuditHead = typeof auditHeads.$inferSelect;
type Prover = Pick<Sealer, "proof">;

/** What the first entry is chained to. */
export const beforeAll = "";

/**
 * Proof of an entry: a keyed hash over all its fields, its position and the previous entry's proof. Whoever has the database but not the
 * key cannot change, remove or move anything undetected.
 */
export function proofOfEntry(sealer: Prover, row: AuditRow): string {
  const { projectId, seq, id, atMs, actor, actorId, actorName, action, subjectId, subjectName, detail, outcome, requestId, before } = row;
  const said = [projectId, seq, id, atMs, actor, actorId, actorName, action, subjectId, subjectName, detail, outcome, requestId, before];
  return sealer.proof("audit entry", JSON.stringify(said));
}

/** Proof of where the log ends. */
export function proofOfHead(sealer: Prover, { projectId, seq, proof }: Pick<AuditHead, "projectId" | "seq" | "proof">): string {
  return sealer.proof("audit head", JSON.stringify([projectId, seq, proof]));
}
