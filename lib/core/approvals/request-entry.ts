import type { LoggedEvent } from "../events/logged";
import { clip } from "../run/clip";
import { eventMs, orderKey } from "../run/moment";
import { compareOrder } from "../run/order-key";
import { canonicalJson } from "./canonical-json";
import { exactPart } from "./exact";
import { begunHashOf } from "./hold-back";
import type { ApprovalEntry } from "./state";

const textLimit = 4_000;

const text = (value: string | undefined, max = textLimit): string | null => (value === undefined ? null : clip(value, max));

export function requestEntry(event: LoggedEvent): ApprovalEntry {
  const approval = event.approval ?? {};
  const named = approval.id !== undefined && approval.id !== "";
  const own = event.origin === "watchfloor";
  const order = orderKey(event);
  return {
    key: named && approval.id !== undefined ? approval.id : `seq:${event.seq}`,
    status: "pending",
    kind: approval.kind ?? (approval.tool === undefined ? "input" : "tool"),
    requestedSeq: event.seq,
    requestedAtMs: eventMs(event),
    agent: event.agent ?? null,
    tool: approval.tool ?? null,
    arguments: approval.arguments ?? null,
    // The summary of a request made through us may be ours; another's may contain the question.
    question: text(approval.question ?? (own ? undefined : event.summary)),
    channel: text(approval.channel, 200),
    risk: text(approval.risk, 200),
    timeoutMs: approval.timeoutMs !== undefined && Number.isFinite(approval.timeoutMs) ? approval.timeoutMs : null,
    choices: approval.choices ?? null,
    schema: approval.schema ?? null,
    allowed: approval.allowed ?? null,
    askedThrough: own ? "watchfloor" : "source",
    ...undecided,
    requestedOrder: order,
    latestOrder: order,
    named,
    ...(event.callId === undefined ? {} : { callId: event.callId }),
    ...(approval.exact === undefined ? {} : { exact: approval.exact }),
  };
}

/** An entry's fields while it is undecided. */
export const undecided = {
  decidedSeq: null,
  decidedAtMs: null,
  decidedBy: null,
  decidedThrough: null,
  comment: null,
  answer: null,
  editedArguments: null,
  resumedSeq: null,
  resumedAtMs: null,
} as const satisfies Partial<ApprovalEntry>;

/** Whether both ask for exactly the same thing. If no tool is named, the question is what is asked. */
function asksTheSame(a: ApprovalEntry, b: ApprovalEntry): boolean {
  if (a.tool !== b.tool || a.kind !== b.kind || a.askedThrough !== b.askedThrough) return false;
  if (a.tool === null && a.question !== b.question) return false;
  if (a.begunHash !== undefined || b.begunHash !== undefined) return begunHashOf(a) === begunHashOf(b);
  if (a.exact === undefined && b.exact === undefined) return canonicalJson(a.arguments) === canonicalJson(b.arguments);
  return askedText(a) === askedText(b);
}

function askedText(entry: ApprovalEntry): string {
  return canonicalJson([exactPart(entry, entry.exact, "arguments"), entry.exact?.repeatedKeys ?? null]);
}

/** The same request received twice: asked as the sender first asked, known since the first arrived, last asked when the later one was. */
function merged(known: ApprovalEntry, again: ApprovalEntry): ApprovalEntry {
  if (known.requestedOrder === null || known.latestOrder === null || again.requestedOrder === null) return known;
  const latestOrder = compareOrder(again.requestedOrder, known.latestOrder) > 0 ? again.requestedOrder : known.latestOrder;
  const isEarlier = compareOrder(again.requestedOrder, known.requestedOrder) < 0;
  if (!isEarlier) return latestOrder === known.latestOrder ? known : { ...known, latestOrder };
  const { requestedOrder, requestedAtMs, agent, question, channel, risk, timeoutMs, choices, schema, allowed } = again;
  return { ...known, requestedOrder, latestOrder, requestedAtMs, agent, question, channel, risk, timeoutMs, choices, schema, allowed };
}

/** Adds a request, or merges it with an identical one under the same id; a changed one is added beside it. */
export function insertRequest(entries: ApprovalEntry[], entry: ApprovalEntry): void {
  const at = entries.findIndex((known) => known.key === entry.key && (known.requestedSeq === null || asksTheSame(known, entry)));
  const known = entries[at];
  if (known === undefined) entries.push(entry);
  else entries[at] = known.requestedSeq === null ? entry : merged(known, entry);
}
