import type { ApprovalEntry, ApprovalsState } from "../approvals/state";
import type { EventError } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import { answerOf } from "./answer-of";
import { clip, jsonLine } from "./clip";
import type { LifecycleDraft } from "./lifecycle";
import type { LifecycleRegisters } from "./lifecycle-state";
import { eventMs, orderKey, placeOf, usableDurationMs } from "./moment";
import { compareOrder } from "./order-key";
import { later, stands, startKey } from "./standing";
import { isRunWork } from "./work";

type Terminal = NonNullable<LifecycleRegisters["terminal"]>;
type Active = NonNullable<LifecycleRegisters["active"]>;

const answerLimit = 2_000;

function boundedError(error: EventError): EventError {
  return {
    message: clip(error.message, 2_000),
    ...(error.code === undefined ? {} : { code: clip(error.code, 200) }),
    ...(error.stack === undefined ? {} : { stack: clip(error.stack, 4_000) }),
    ...(error.recoverable === undefined ? {} : { recoverable: error.recoverable }),
  };
}

function end(draft: LifecycleDraft, event: LoggedEvent, status: Terminal["status"]): void {
  const at = placeOf(event);
  const { terminal } = draft.registers;
  if (terminal !== null && compareOrder(at, terminal.at) < 0) return;
  draft.registers.terminal = {
    status,
    at,
    ms: eventMs(event),
    durationMs: usableDurationMs(event.durationMs),
    error: event.error === undefined ? null : boundedError(event.error),
  };
}

function activate(draft: LifecycleDraft, event: LoggedEvent, status: Active["status"]): void {
  const { active } = draft.registers;
  const at = placeOf(event);
  if (active === null || compareOrder(at, active.at) >= 0) draft.registers.active = { status, at };
}

function open(draft: LifecycleDraft, event: LoggedEvent): void {
  const { registers } = draft;
  // Requesting it is not doing it: a run that has ended meanwhile stays ended.
  if (event.origin === "watchfloor") {
    activate(draft, event, "running");
    return;
  }
  const isStart = event.type === "run.started";
  const at = startKey(event, isStart && registers.opened === null, registers.terminal?.at ?? null);
  registers.opened = later(registers.opened, at);
  if (registers.active === null || compareOrder(at, registers.active.at) >= 0) registers.active = { status: "running", at };
  if (!isStart) return;
  const ms = eventMs(event);
  draft.startedAtMs = registers.starts === 0 || draft.startedAtMs === null ? ms : Math.min(draft.startedAtMs, ms);
  registers.starts += 1;
}

function noteMessage(draft: LifecycleDraft, event: LoggedEvent): void {
  const text = textOf(event);
  if (text === null) return;
  const { answer } = draft.registers;
  if (answer !== null && compareOrder(event, answer.at) < 0) return;
  const at = orderKey(event);
  if (event.joins && answer?.from !== undefined && answer.at.seq === event.seq - 1)
    draft.registers.answer = { text: clip(answer.text + text, answerLimit), at, from: answer.from };
  else draft.registers.answer = { text: clip(text, answerLimit), at, ...(event.joins ? { from: event.seq } : {}) };
}

function noteFinal(draft: LifecycleDraft, event: LoggedEvent): void {
  const text = textOf(event);
  const { final } = draft.registers;
  if (text === null || (final !== undefined && compareOrder(event, final.at) < 0)) return;
  draft.registers.final = { text: clip(text, answerLimit), at: orderKey(event) };
}

function textOf(event: LoggedEvent): string | null {
  return (event.text ?? jsonLine(event.output, answerLimit)) || null;
}

function noteError(draft: LifecycleDraft, event: LoggedEvent): void {
  if (event.error === undefined || event.error.recoverable === true) return;
  const { lastError } = draft.registers;
  if (lastError === null || compareOrder(event, lastError.at) >= 0)
    draft.registers.lastError = { error: boundedError(event.error), at: orderKey(event) };
}

function applyStatus(draft: LifecycleDraft, event: LoggedEvent): void {
  switch (event.type) {
    case "run.started":
    case "run.resumed":
      open(draft, event);
      break;
    case "run.completed":
      noteFinal(draft, event);
      end(draft, event, "succeeded");
      break;
    case "run.failed":
      end(draft, event, "failed");
      break;
    case "run.cancelled":
      end(draft, event, "cancelled");
      break;
    case "run.expired":
      end(draft, event, "expired");
      break;
    case "run.pausing":
      activate(draft, event, "pausing");
      break;
    case "run.paused":
      activate(draft, event, "paused");
      break;
    case "run.cancelling":
      activate(draft, event, "cancelling");
      break;
    case "approval.requested":
      activate(draft, event, "running");
      break;
    case "text.completed":
      noteMessage(draft, event);
      break;
    case "model.completed":
      if (event.text) draft.registers.output = later(draft.registers.output ?? null, orderKey(event));
      break;
    case "error.occurred":
    case "agent.failed":
    case "step.failed":
      noteError(draft, event);
      break;
    case "stream.ended":
      draft.registers.streamEnded = later(draft.registers.streamEnded ?? null, orderKey(event));
      break;
    default:
  }
}

/** Records what an event says about the run's status, and counts it as late if the run had ended before it arrived. */
export function noteStatus(draft: LifecycleDraft, event: LoggedEvent): void {
  const { registers } = draft;
  const hadEnded = registers.terminal !== null && stands(registers.terminal.at, registers.opened);
  applyStatus(draft, event);
  if (draft.status === "queued" && isRunWork(event.type)) draft.status = "running";
  if (!hadEnded || event.type === "stream.ended" || event.type === "heartbeat.received") return;
  if (registers.terminal !== null && stands(registers.terminal.at, registers.opened)) draft.counts.late += 1;
}

function oldestPending(approvals: ApprovalsState): ApprovalEntry | null {
  let oldest: ApprovalEntry | null = null;
  for (const entry of approvals.entries) {
    if (entry.status !== "pending" || entry.requestedOrder === null) continue;
    if (oldest?.requestedOrder == null || compareOrder(entry.requestedOrder, oldest.requestedOrder) < 0) oldest = entry;
  }
  return oldest;
}

function settleEnded(draft: LifecycleDraft, terminal: Terminal): void {
  draft.status = terminal.status;
  draft.statusAt = terminal.at;
  draft.endedAtMs = terminal.ms;
  draft.reportedDurationMs = terminal.durationMs;
  draft.error =
    terminal.status === "failed" || terminal.status === "expired" ? (terminal.error ?? draft.registers.lastError?.error ?? null) : null;
  draft.activity = null;
  draft.waitingSinceMs = null;
  draft.waitingFor = null;
}

/**
 * The shown status, derived from the registers: a standing end; else the latest of running, pausing, paused, cancelling; and a running run
 * with an open request is waiting. An open request does not hide a later pause.
 */
export function settleStatus(draft: LifecycleDraft, approvals: ApprovalsState): LifecycleDraft {
  const { terminal, opened, active, activity } = draft.registers;
  draft.answer = answerOf(draft.registers)?.text ?? null;
  if (terminal !== null && stands(terminal.at, opened)) {
    settleEnded(draft, terminal);
    return draft;
  }
  const pending = approvals.pending > 0 ? oldestPending(approvals) : null;
  const base = active?.status ?? (draft.status === "queued" ? "queued" : "running");
  draft.status = pending !== null && (base === "running" || base === "queued") ? "waiting" : base;
  draft.statusAt = (draft.status === "waiting" ? pending?.requestedOrder : active?.at) ?? null;
  draft.endedAtMs = null;
  draft.reportedDurationMs = null;
  draft.error = null;
  draft.activity = activity?.text ?? null;
  draft.waitingSinceMs = pending?.requestedAtMs ?? null;
  draft.waitingFor = pending === null ? null : (pending.question ?? pending.tool ?? "a decision");
  return draft;
}
