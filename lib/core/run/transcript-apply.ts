import type { LoggedEvent } from "../events/logged";
import { besideName } from "../format/beside-name";
import { jsonLine } from "./clip";
import type { TranscriptDraft } from "./transcript-draft";
import type { EntryKind } from "./transcript-state";

/** How far back to look for the same words: systems send an answer on the call, again as a message, and again at the run's end. */
const lookBack = 6;
/** For a tool's input and output; the event holds them in full. */
export const lineLimit = 500;

const words = (event: LoggedEvent): string => event.text ?? event.summary ?? "";

/** Key of an agent's open pieces, separate from its deltas. */
const piecesOf = (agent: string): string => `${agent}\n`;

function closeOpen(draft: TranscriptDraft, agent: string): void {
  for (const key of [agent, piecesOf(agent)]) {
    const index = draft.openOf(key);
    if (index === undefined) continue;
    draft.close(index);
    draft.setOpen(key, null);
  }
}

function closeAll(draft: TranscriptDraft): void {
  for (const agent of draft.openAgents()) closeOpen(draft, agent);
}

function addDelta(draft: TranscriptDraft, event: LoggedEvent, kind: "assistant" | "thought"): void {
  const agent = event.agent ?? "";
  const delta = event.text ?? "";
  if (delta === "") return;
  const index = draft.openOf(agent);
  if (index !== undefined && draft.entry(index)?.kind === kind) {
    draft.append(index, event, delta);
    return;
  }
  closeOpen(draft, agent);
  draft.setOpen(agent, draft.add(kind, event, delta, { open: true }));
}

/** A recent entry of the same kind and agent that this whole text repeats or completes. */
function findRepeated(draft: TranscriptDraft, event: LoggedEvent, kind: EntryKind, text: string): number | null {
  for (let index = draft.length - 1; index >= Math.max(0, draft.length - lookBack); index -= 1) {
    const entry = draft.entry(index);
    if (entry?.kind === kind && entry.agent === (event.agent ?? null) && entry.text !== "" && text.startsWith(entry.text)) return index;
  }
  return null;
}

/** The whole text: closes and replaces what was streamed, so it is not shown twice. */
function addWhole(draft: TranscriptDraft, event: LoggedEvent, kind: "assistant" | "thought", text: string): void {
  const agent = event.agent ?? "";
  const streamed = draft.openOf(agent);
  if (streamed !== undefined && draft.entry(streamed)?.kind === kind) {
    if (text !== "") draft.replaceText(streamed, event, text);
    closeOpen(draft, agent);
    return;
  }
  closeOpen(draft, agent);
  if (text === "") return;
  const repeated = findRepeated(draft, event, kind, text);
  if (repeated === null) draft.add(kind, event, text);
  else if (draft.entry(repeated)?.text !== text) draft.replaceText(repeated, event, text);
}

/** A text that is a piece of one, or all of what was streamed: it joins the directly preceding piece. */
function addPiece(draft: TranscriptDraft, event: LoggedEvent, text: string): void {
  const agent = event.agent ?? "";
  const pieces = draft.openOf(piecesOf(agent));
  if (pieces !== undefined && draft.entry(pieces)?.lastSeq === event.seq - 1) {
    draft.append(pieces, event, text);
  } else if (draft.openOf(agent) !== undefined) {
    addWhole(draft, event, "assistant", text);
  } else {
    closeOpen(draft, agent);
    if (!isSaid(draft, text)) draft.setOpen(piecesOf(agent), draft.add("assistant", event, text, { open: true }));
  }
}

/** Whether this was said just now, even by somebody else. */
function isSaid(draft: TranscriptDraft, text: string): boolean {
  if (text === "") return true;
  for (let index = draft.length - 1; index >= Math.max(0, draft.length - lookBack); index -= 1) {
    const entry = draft.entry(index);
    if (entry?.kind === "assistant" && entry.text === text) return true;
  }
  return false;
}

/** A thought without a summary is a streamed piece of reasoning; with one it is complete. */
function addThought(draft: TranscriptDraft, event: LoggedEvent): void {
  if (event.summary === undefined && event.text !== undefined) addDelta(draft, event, "thought");
  else addWhole(draft, event, "thought", words(event));
}

function addAnswer(draft: TranscriptDraft, event: LoggedEvent): void {
  closeAll(draft);
  const text = event.text ?? jsonLine(event.output, 65_536) ?? "";
  if (!isSaid(draft, text)) draft.add("assistant", event, text, { title: "Answer" });
  addStatus(draft, event);
}

const statusWords: Partial<Record<LoggedEvent["type"], string>> = {
  "run.started": "Run started",
  "run.completed": "Run succeeded",
  "run.failed": "Run failed",
  "run.cancelled": "Run cancelled",
  "run.expired": "Run expired",
  "run.pausing": "Pausing",
  "run.paused": "Paused",
  "run.resumed": "Resumed",
  "run.cancelling": "Cancelling",
};

function addStatus(draft: TranscriptDraft, event: LoggedEvent): void {
  // The end's own summary repeats the answer above it.
  const text = event.type === "run.completed" ? "" : (event.summary ?? "");
  draft.add("status", event, text, { title: statusWords[event.type] ?? event.type });
}

function addError(draft: TranscriptDraft, event: LoggedEvent): void {
  const text = event.error?.message ?? words(event);
  draft.add("error", event, text, { title: event.error?.code ?? event.name ?? null, level: "error" });
}

/** A message that its sender already reported is not listed again when the receiver reports it. */
function addReceived(draft: TranscriptDraft, event: LoggedEvent): void {
  const from = event.edge?.from ?? null;
  const to = event.edge?.to ?? event.agent ?? null;
  const text = words(event);
  for (let index = draft.length - 1; index >= Math.max(0, draft.length - 4 * lookBack); index -= 1) {
    const entry = draft.entry(index);
    if (entry?.kind === "message" && entry.agent === from && entry.to === to && entry.text === text) return;
  }
  const { agent: _, ...rest } = event;
  draft.add("message", from === null ? rest : { ...rest, agent: from }, text, { to });
}

function addTool(draft: TranscriptDraft, event: LoggedEvent): void {
  const isCall = event.type === "tool.called";
  const detail = isCall ? event.input : event.output;
  const text = event.error?.message ?? jsonLine(detail, lineLimit) ?? besideName(event.name ?? "", event.summary) ?? event.text ?? "";
  draft.add(isCall ? "tool" : "result", event, text, { title: event.name ?? null, level: event.type === "tool.failed" ? "error" : null });
}

function addDecision(draft: TranscriptDraft, event: LoggedEvent): void {
  const { decision, decidedBy, comment, answer } = event.approval ?? {};
  const text = [comment, jsonLine(answer, lineLimit)].filter((part) => part != null && part !== "").join("\n");
  const title = [decision ?? "decided", decidedBy === undefined ? "" : `by ${decidedBy}`].join(" ").trim();
  draft.add("approval", event, text === "" ? (event.summary ?? "") : text, { title });
}

/** Adds what one event tells readers; most events of a run add nothing here. */
export function addTranscriptEvent(draft: TranscriptDraft, event: LoggedEvent): void {
  switch (event.type) {
    case "model.streamed":
    case "text.streamed":
      addDelta(draft, event, "assistant");
      break;
    case "model.completed":
      addWhole(draft, event, "assistant", event.text ?? jsonLine(event.output, 65_536) ?? "");
      break;
    case "text.completed":
      if (event.joins) addPiece(draft, event, event.text ?? "");
      else addWhole(draft, event, "assistant", event.text ?? "");
      break;
    case "agent.thought":
      addThought(draft, event);
      break;
    case "run.started":
      addStatus(draft, event);
      if (event.run?.query !== undefined) draft.add("user", event, event.run.query, { title: titleOf(event.run.name, event.run.query) });
      return;
    case "run.completed":
      addAnswer(draft, event);
      break;
    case "run.failed":
      closeAll(draft);
      addStatus(draft, event);
      addError(draft, event);
      break;
    case "run.cancelled":
    case "run.expired":
      closeAll(draft);
      addStatus(draft, event);
      break;
    case "run.pausing":
    case "run.paused":
    case "run.resumed":
    case "run.cancelling":
      addStatus(draft, event);
      break;
    case "tool.called":
    case "tool.returned":
    case "tool.failed":
      closeOpen(draft, event.agent ?? "");
      addTool(draft, event);
      break;
    case "message.sent":
      return void draft.add("message", event, words(event), { to: event.edge?.to ?? null });
    case "message.received":
      addReceived(draft, event);
      break;
    case "delegation.started":
      return void draft.add("message", event, words(event), { to: event.edge?.to ?? null, title: "Delegated" });
    case "log.written":
      return void draft.add("log", event, words(event), { level: event.level ?? "info" });
    case "plan.updated":
      return void draft.add("log", event, words(event), { title: "Plan", level: "info" });
    case "artifact.created":
      return void draft.add("artifact", event, event.summary ?? "", { title: event.name ?? null });
    case "approval.requested":
      return void draft.add("approval", event, event.approval?.question ?? event.summary ?? "", { title: event.approval?.tool ?? null });
    case "approval.decided":
      addDecision(draft, event);
      break;
    case "error.occurred":
    case "agent.failed":
    case "step.failed":
      addError(draft, event);
      break;
    default:
  }
}

/** A name that is only the beginning of the question would repeat it. */
function titleOf(name: string | undefined, query: string): string | null {
  if (name === undefined) return null;
  const line = query
    .slice(0, name.length * 8 + 200)
    .replace(/\s+/g, " ")
    .trim();
  return line.startsWith(name.replace(/…$/, "").trimEnd()) ? null : name;
}
