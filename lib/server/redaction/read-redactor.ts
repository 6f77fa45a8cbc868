import type { Db } from "@/db/client";
import type { RedactionPolicy } from "@/lib/core/redaction/policy";
import { openRedactor, type Redactor } from "@/lib/core/redaction/redactor";
import type { Sealer } from "../secrets/seal";
import { compilePatterns } from "./own-patterns";
import { readPolicy } from "./policy";

/** What a project takes out of its events; null when it takes nothing out. */
export async function readRedactor(db: Db, sealer: Sealer, projectId: string): Promise<Redactor | null> {
  return redactorOf(await readPolicy(db, projectId), sealer, projectId);
}

/** Marks are a project's own: that two projects hold the same secret is nobody's business. */
export function redactorOf(policy: RedactionPolicy, sealer: Sealer, projectId: string): Redactor | null {
  return openRedactor(policy, {
    mark: (value) => sealer.mark(`redaction:${projectId}`, value),
    ...(policy.patterns.length > 0 ? { own: compilePatterns(policy.patterns) } : {}),
  });
}
