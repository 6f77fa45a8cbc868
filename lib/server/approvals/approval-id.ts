import { createHash } from "node:crypto";
import { type Action, actionTail, actionText } from "@/lib/core/approvals/action-text";
import { exactPart } from "@/lib/core/approvals/exact";
import { requestEntry } from "@/lib/core/approvals/request-entry";
import type { ApprovalEntry } from "@/lib/core/approvals/state";
import type { LoggedEvent } from "@/lib/core/events/logged";
import { endSha256 } from "@/lib/core/hash/sha256";

/** SHA-256, in hex, of what is decided about. */
export function actionHash(action: Action): string {
  return createHash("sha256").update(actionText(action)).digest("hex");
}

/**
 * Our id of a request: the same for the same request in the same run, so that streams can write it without a lookup and a repeated append
 * finds its row. A changed request under the same key gets another id. RFC 9562, version 8.
 */
export function approvalId(runId: string, key: string, hash: string): string {
  const bytes = createHash("sha256").update(`${runId}\n${hash}\n${key}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

type Request = Pick<ApprovalEntry, "key" | "tool" | "arguments" | "question" | "exact" | "begunHash">;

export function identify(runId: string, request: Request): { id: string; hash: string } {
  const hash = hashOf(runId, request);
  return { id: approvalId(runId, request.key, hash), hash };
}

function hashOf(runId: string, request: Request): string {
  const { tool, question, exact, begunHash } = request;
  if (begunHash !== undefined) return endSha256(begunHash, actionTail({ run: runId, tool }));
  const asked = { run: runId, tool, arguments: exactPart(request, exact, "arguments"), question };
  return actionHash(exact?.repeatedKeys === undefined ? asked : { ...asked, repeatedKeys: exact.repeatedKeys });
}

const maxKeyChars = 200;

/** The key as stored: index entries must stay small, so a longer key is replaced by its hash. */
export function storedKey(key: string): string {
  return key.length <= maxKeyChars ? key : `sha256:${createHash("sha256").update(key).digest("hex")}`;
}

/** A run's event as we report it: a request carries our id of it and the hash that a decision must name. */
export function withRequestId<T extends LoggedEvent>(runId: string, event: T): T {
  if (event.type !== "approval.requested") return event;
  const { id, hash } = identify(runId, requestEntry(event));
  return { ...event, approval: { ...event.approval, requestId: id, actionHash: hash } };
}
