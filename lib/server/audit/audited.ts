import type { AuditAction } from "@/lib/core/audit/actions";
import { clip } from "@/lib/core/run/clip";
import type { Call, Reply } from "../http/call";
import { knownError } from "../http/known-error";
import { services } from "../services";
import { closeEntry, dropEntry, type Ending, type OpenEntry, openEntry } from "./write-entry";

/** What an entry says besides who and when. By default the subject is taken from the path, or from the reply's `id` and `name`. */
export type About = Pick<Ending, "subjectId" | "subjectName" | "detail">;

/** A route whose use is logged. */
export type AuditRule = {
  readonly action: AuditAction;
  /** From the reply, which is null when it has no JSON, and the path's parameters. */
  readonly about?: (reply: Told, params: Call["params"]) => About;
};

/** Our reply, parsed again: whatever in it the entry may need. */
export type Told = Readonly<Record<string, unknown>>;

const longestWords = 300;

/**
 * Writes the entry, performs the action, closes the entry. A refused request did nothing and leaves no entry; one whose outcome is unknown
 * leaves an open entry, which is later closed as `unknown` (close-left-entries.ts).
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

/** A link has signed a browser in as the owner, as a member or for a project. */
export async function closeSignIn(entry: OpenEntry): Promise<void> {
  await orLater(() => closeEntry(entry, { outcome: "done" }));
}

/** A refusal, or a replay of an earlier request's response. */
function didNothing(reply: Reply): boolean {
  return reply.kind !== "socket" && (reply.status >= 400 || reply.headers?.["idempotent-replay"] !== undefined);
}

/** If the database went away midway, or we failed, the outcome is unknown. */
function isRefusal(error: unknown): boolean {
  const known = knownError(error);
  return known !== null && known.code !== "unavailable" && known.code !== "internal";
}

// The action is done: failing to close its entry now is no reason to report a failure.
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
