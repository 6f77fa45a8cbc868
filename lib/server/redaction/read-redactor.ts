import type { Db } from "@/db/client";
import type { RedactionPolicy } from "@/lib/core/redaction/policy";
import { openRedactor, type Redactor } from "@/lib/core/redaction/redactor";
import type { Sealer } from "../secrets/seal";
import { compilePatterns } from "./own-patterns";
import { readPolicy } from "./policy";

/** What a project redacts from its events, or null if it redacts nothing. */
export async function readRedactor(db: Db, sealer: Sealer, projectId: string): Promise<Redactor | null> {
  return redactorOf(await readPolicy(db, projectId), sealer, purposeOf(projectId));
}

/** The marks that replace this project's values in stored data, whatever its policy is or was. */
export function marksOf(sealer: Sealer, projectId: string): (value: string) => string {
  return (value) => sealer.mark(purposeOf(projectId), value);
}

/**
 * The same for a trial. Its marks differ: otherwise a reader could guess values and see from their marks which of them were
 * redacted from the stored data.
 */
export function triedRedactor(policy: RedactionPolicy, sealer: Sealer, projectId: string): Redactor | null {
  return redactorOf(policy, sealer, `redaction-trial:${projectId}`);
}

function purposeOf(projectId: string): string {
  return `redaction:${projectId}`;
}

/** Marks are specific to a project, so they do not reveal that two projects hold the same secret. */
function redactorOf(policy: RedactionPolicy, sealer: Sealer, use: string): Redactor | null {
  return openRedactor(policy, {
    mark: (value) => sealer.mark(use, value),
    ...(policy.patterns.length > 0 ? { own: compilePatterns(policy.patterns) } : {}),
  });
}
