import type { AuditAction } from "@/lib/core/audit/actions";
import { clip } from "@/lib/core/run/clip";
import type { Call, Reply } from "../http/call";
import { knownError } from "../http/known-error";
import { services } from "../services";
import { closeEntry, dropEntry, type Ending, type OpenEntry, openEntry } from "./write-entry";

/** What an entry says beside who and when; what is left out stands in the path or is `id` and `name` of the reply. */
export type About = Pick<Ending, "subjectId" | "subjectName" | "detail">;

/** A route whose use is written down. */
export type AuditRule = {
  readonly action: AuditAction;
  /** By the reply, which is null when it has no JSON, and the path's parameters. */
  readonly about?: (reply: Told, params: Call["params"]) => About;
};

/** A reply of ours, read again: what it may have that an entry tells. */
export type Told = Readonly<Record<string, unknown>>;

const longestWords = 300;

/**
 * Writes the entry, does the deed, closes the entry. A request that was refused did nothing and leaves no entry; one of which nobody
 * can say what became of it leaves an open one, which is closed as `unknown` later (close-left-entries.ts).
 */
export async function audited(rule: AuditRule, call: Call, run: () => Promise<Reply> | Reply): Promise<Reply> {
  const inPath = Object.values(call.params).at(-1);
  const entry = await openEntry(call.principal, { action: rule.action, requestId: call.requestId, subjectId: short(inPath) });
  let reply: Reply;
  try {
    reply = await run();
  } catch (error) {
    if (isRefusal(error)) await orLater(() => dropEntry(entry));
    throw error;
  }
  await orLater(() => (didNothing(reply) ? dropEntry(entry) : closeEntry(entry, endingOf(rule, reply, call))));
  return reply;
}

/** A browser has become the owner's, a member's, or a project's, by a link. */
export async function closeSignIn(entry: OpenEntry): Promise<void> {
  await orLater(() => closeEntry(entry, { outcome: "done" }));
}

/** A refusal, or the answer of an earlier request told again. */
function didNothing(reply: Reply): boolean {
  return reply.kind !== "socket" && (reply.status >= 400 || reply.headers?.["idempotent-replay"] !== undefined);
}

/** Of a database that went away in the middle, or a fault of ours, nobody can say. */
function isRefusal(error: unknown): boolean {
  const known = knownError(error);
  return known !== null && known.code !== "unavailable" && known.code !== "internal";
}

// The deed is done: that its entry cannot be closed now is no reason to say that it failed.
async function orLater(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    services().log.warn({ err: error }, "an audit log entry could not be completed yet");
  }
}

function endingOf({ about }: AuditRule, reply: Reply, { params }: Call): Ending {
  const told = toldBy(reply);
  const given = about?.(told, params) ?? {};
  return {
    outcome: "done",
    subjectId: short(given.subjectId ?? (Object.keys(params).length === 0 ? told.id : undefined)),
    subjectName: short(given.subjectName ?? told.name),
    detail: short(given.detail),
  };
}

function toldBy(reply: Reply): Told {
  if (reply.kind !== "full" || typeof reply.body !== "string" || reply.body === "") return {};
  const parsed: unknown = JSON.parse(reply.body);
  return typeof parsed === "object" && parsed !== null ? (parsed as Told) : {};
}

function short(words: unknown): string | undefined {
  return typeof words === "string" && words !== "" ? clip(words.replaceAll("\u0000", "\uFFFD").toWellFormed(), longestWords) : undefined;
}
