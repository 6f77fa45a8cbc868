import { z } from "zod";

/** Who acted: a browser without a member (mostly the owner's), a tool on the server's machine, a key, or a member. */
export const auditActors = ["session", "local", "key", "member"] as const;
/** unknown: the server or its database went down before it could record the outcome. */
export const auditOutcomes = ["done", "unknown"] as const;

/** One action. */
export const AuditEntry = z.object({
  seq: z.number().int().describe("from 1, without gaps"),
  at: z.iso.datetime(),
  actor: z.object({ kind: z.enum(auditActors), id: z.uuid().nullable().describe("id of the key or the member"), name: z.string() }),
  action: z.string().describe("key.create, approval.decide, ..."),
  subject: z.object({ id: z.string().nullable(), name: z.string().nullable() }),
  detail: z.string().nullable(),
  outcome: z
    .enum(auditOutcomes)
    .describe("unknown: the server stopped before it could record the outcome. Refused requests are not logged"),
  requestId: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditList = z.object({
  entries: z.array(AuditEntry).describe("newest first"),
  nextCursor: z.string().nullable(),
});
export type AuditList = z.infer<typeof AuditList>;

/** changed: other content, another position, or an entry that was never written; end: entries after it may be missing. */
export const auditFaults = ["changed", "missing", "end", "other key"] as const;

export const AuditVerdict = z.object({
  intact: z.boolean(),
  entries: z.number().int().describe("number of entries checked"),
  last: z
    .object({ seq: z.number().int(), proof: z.string() })
    .nullable()
    .describe("keep a copy elsewhere: it later proves that nothing up to here was removed"),
  faults: z.array(z.object({ seq: z.number().int(), fault: z.enum(auditFaults) })).describe("at most 100, in log order"),
});
export type AuditVerdict = z.infer<typeof AuditVerdict>;
