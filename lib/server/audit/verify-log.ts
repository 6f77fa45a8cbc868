import { and, asc, eq, gt } from "drizzle-orm";
import { auditHeads, auditLog } from "@/db/schema";
import type { AuditVerdict } from "@/lib/core/audit/entry";
import { services } from "../services";
import { type AuditHead, type AuditRow, beforeAll, proofOfEntry, proofOfHead } from "./proof";

const pageRows = 1_000;
const mostFaults = 100;

type Walk = {
  readonly faults: AuditVerdict["faults"];
  entries: number;
  /** Where the walk is, and what the next entry must be chained to. */
  seq: number;
  proof: string;
};

/** Reads a project's whole log and reports the entries that are not as they were written. */
export async function verifyLog(projectId: string): Promise<AuditVerdict> {
  const walk: Walk = { faults: [], entries: 0, seq: 0, proof: beforeAll };
  // Entries written meanwhile are not included.
  return services().db.transaction(
    async (tx) => {
      for (;;) {
        const rows = await tx
          .select()
          .from(auditLog)
          .where(and(eq(auditLog.projectId, projectId), gt(auditLog.seq, walk.seq)))
          .orderBy(asc(auditLog.seq))
          .limit(pageRows);
        for (const row of rows) step(walk, row);
        if (rows.length < pageRows) break;
      }
      const [head] = await tx.select().from(auditHeads).where(eq(auditHeads.projectId, projectId));
      judgeEnd(walk, head);
      const { faults, entries, seq, proof } = walk;
      return { intact: faults.length === 0, entries, last: entries === 0 ? null : { seq, proof }, faults };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

function step(walk: Walk, row: AuditRow): void {
  const { sealer } = services();
  const seq = row.seq as number;
  for (let missing = walk.seq + 1; missing < seq && walk.faults.length < mostFaults; missing++) note(walk, missing, "missing");
  const isNext = seq === walk.seq + 1;
  // If the previous entry was changed, report that one, and not this one, which is chained to its original.
  const isTornOff = isNext && row.before !== walk.proof && walk.faults.at(-1)?.seq !== walk.seq;
  if (!sealer.isOwnProof(row.proof ?? "")) note(walk, seq, "other key");
  else if (proofOfEntry(sealer, row) !== row.proof || isTornOff) note(walk, seq, "changed");
  walk.entries += 1;
  walk.seq = seq;
  walk.proof = row.proof ?? "";
}

function judgeEnd(walk: Walk, head: AuditHead | undefined): void {
  const { sealer } = services();
  if (!head) {
    if (walk.entries > 0) note(walk, walk.seq, "end");
    return;
  }
  for (let missing = walk.seq + 1; missing <= head.seq && walk.faults.length < mostFaults; missing++) note(walk, missing, "missing");
  if (!sealer.isOwnProof(head.ownProof)) note(walk, head.seq, "other key");
  else if (proofOfHead(sealer, head) !== head.ownProof || head.seq < walk.seq || (head.seq === walk.seq && head.proof !== walk.proof))
    note(walk, walk.seq, "end");
}

function note({ faults }: Walk, seq: number, fault: AuditVerdict["faults"][number]["fault"]): void {
  if (faults.length < mostFaults) faults.push({ seq, fault });
}
