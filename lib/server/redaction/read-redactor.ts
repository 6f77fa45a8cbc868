import type { Db } from "@/db/client";
import type { RedactionPolicy } from "@/lib/core/redaction/policy";
import { openRedactor, type Redactor } from "@/lib/core/redaction/redactor";
import type { Sealer } from "../secrets/seal";
import { compilePatterns } from "./own-patterns";
import { readPolicy } from "./policy";

/** What a project takes out of its events; null when it takes nothing out. */
export async function readRedactor(db: Db, sealer: Sealer, projectId: string): Promise<Redactor | null> {
  return redactorOf(await readPolicy(db, projectId), sealer, purposeOf(projectId));
}

/** What stands for values of this project in what is stored, whatever its policy was or is. */
export function marksOf(sealer: Sealer, projectId: string): (value: string) => string {
  return (value) => sealer.mark(purposeOf(projectId), value);
}

/**
 * The same for what is only looked at. Its marks are others: whoever may read could else guess values, and see by their marks which of them
 * were taken out of what is stored.
 */
export function triedRedactor(policy: RedactionPolicy, sealer: Sealer, projectId: string): Redactor | null {
  return redactorOf(policy, sealer, `redaction-trial:${projectId}`);
}

function purposeOf(projectId: string): string {
  return `redaction:${projectId}`;
}

/** Marks are a project's own: that two projects hold the same secret is nobody's business. */
function redactorOf(policy: RedactionPolicy, sealer: Sealer, use: string): Redactor | null {
  return openRedactor(policy, {
    mark: (value) => sealer.mark(use, value),
    ...(policy.patterns.length > 0 ? { own: compilePatterns(policy.patterns) } : {}),
  });
}
