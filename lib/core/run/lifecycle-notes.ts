import type { CanonicalEvent, CanonicalType } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import { clip } from "./clip";
import type { LifecycleDraft } from "./lifecycle";
import { eventMs, isInstant, orderKey } from "./moment";
import { compareOrder } from "./order-key";
import { isAgentWork, isUnknownType } from "./work";

const agentLimit = 1_000;
/** Longer ids are cut on the run row, which is read and written with every commit. */
const idLimit = 200;

/** The silence before one of these was a person's or a pause, not the agent's. */
const endsPause: ReadonlySet<CanonicalType> = new Set<CanonicalType>(["approval.decided", "run.resumed", "run.started"]);

/** A run without a start event began with its earliest event. */
export function noteBeginning(draft: LifecycleDraft, event: LoggedEvent): void {
  if (draft.registers.starts > 0) return;
  const ms = eventMs(event);
  if (draft.startedAtMs === null || ms < draft.startedAtMs) draft.startedAtMs = ms;
}

/** Sets the clocks for the whole batch at once: each time written into an object allocates a new one. */
export function noteClocks(draft: LifecycleDraft, events: readonly LoggedEvent[]): void {
  let { lastEventAtMs, lastReceivedAtMs, longestGapMs } = draft;
  for (const event of events) {
    const ms = eventMs(event);
    if (lastEventAtMs === null || ms > lastEventAtMs) lastEventAtMs = ms;
    const { receivedAtMs } = event;
    if (!isInstant(receivedAtMs)) continue;
    if (lastReceivedAtMs !== null && receivedAtMs - lastReceivedAtMs > longestGapMs && !endsPause.has(event.type))
      longestGapMs = receivedAtMs - lastReceivedAtMs;
    if (lastReceivedAtMs === null || receivedAtMs > lastReceivedAtMs) lastReceivedAtMs = receivedAtMs;
  }
  Object.assign(draft, { lastEventAtMs, lastReceivedAtMs, longestGapMs });
}

export function noteSource(draft: LifecycleDraft, sourceSeq: number): void {
  if (!Number.isSafeInteger(sourceSeq)) return;
  const { source } = draft;
  if (source.firstSeq === null || sourceSeq < source.firstSeq) source.firstSeq = sourceSeq;
  if (source.lastSeq === null || sourceSeq > source.lastSeq) source.lastSeq = sourceSeq;
  source.seen += 1;
}

/** The agents that a batch has met; uses a set once there are many. */
export class KnownAgents {
  readonly #draft: LifecycleDraft;
  #ids: Set<string> | null = null;

  constructor(draft: LifecycleDraft) {
    this.#draft = draft;
  }

  has(id: string): boolean {
    const { agents } = this.#draft;
    if (this.#ids === null && agents.length <= 16) return agents.includes(id);
    this.#ids ??= new Set(agents);
    return this.#ids.has(id);
  }

  add(id: string): void {
    this.#draft.agents = [...this.#draft.agents, id];
    this.#ids?.add(id);
  }
}

/** Whether an event is better evidence of the run's agent than the current one. */
function namesRun(draft: LifecycleDraft, event: LoggedEvent): boolean {
  const from = draft.registers.agentFrom;
  if (from === null) return true;
  const isStart = event.type === "run.started";
  return isStart === from.isStart ? compareOrder(event, from.at) < 0 : isStart;
}

export function noteAgent(draft: LifecycleDraft, event: LoggedEvent, known: KnownAgents): void {
  if (event.agent === undefined) return;
  const id = clip(event.agent, idLimit);
  if (namesRun(draft, event)) {
    draft.agent = id;
    draft.registers.agentFrom = { isStart: event.type === "run.started", at: orderKey(event) };
  }
  if (known.has(id)) return;
  // Events also name those who set budgets or decide; they are not agents of the team.
  if (!isAgentWork(event.type)) return;
  if (draft.agents.length < agentLimit) {
    known.add(id);
    draft.agentsTotal += 1;
  } else if (event.type === "agent.started") {
    draft.agentsTotal += 1;
  }
}

export function describeRun(draft: LifecycleDraft, event: LoggedEvent, run: NonNullable<CanonicalEvent["run"]>): void {
  const { describedAt } = draft.registers;
  const isLatest = describedAt === null || compareOrder(event, describedAt) >= 0;
  const choose = (current: string | null, said: string | undefined, max: number): string | null =>
    said === undefined || said === "" || (current !== null && !isLatest) ? current : clip(said, max);
  draft.name = choose(draft.name, run.name, 300);
  draft.query = choose(draft.query, run.query, 2_000);
  draft.sessionId = choose(draft.sessionId, run.sessionId, 200);
  draft.mode = choose(draft.mode, run.mode, 200);
  if (isLatest) draft.registers.describedAt = orderKey(event);
}

const decided = { approved: "Approved", denied: "Denied", timeout: "Nobody decided in time", answered: "Answered" } as const;

function activityOf(event: LoggedEvent): string | null {
  switch (event.type) {
    case "approval.decided": {
      const word = decided[event.approval?.decision ?? "answered"];
      return event.summary === undefined ? word : `${word}: ${event.summary}`;
    }
    case "tool.called": {
      const { name, summary } = event;
      // Arguments alone do not say what is done with them.
      return name !== undefined && summary !== undefined && !summary.includes(name) ? `${name}: ${summary}` : (summary ?? name ?? null);
    }
    case "agent.started":
    case "agent.thought":
    case "step.started":
    case "model.prompted":
    case "delegation.started":
    case "task.assigned":
    case "progress.reported":
    case "wait.reported":
    case "approval.requested":
    case "artifact.created":
    case "plan.updated":
    case "error.recovered":
      return event.summary ?? event.name ?? event.text ?? null;
    default:
      return null;
  }
}

function percentOf(progress: NonNullable<CanonicalEvent["progress"]>): number | null {
  const { percent, step, steps } = progress;
  const value = percent ?? (step !== undefined && steps !== undefined && steps > 0 ? (step / steps) * 100 : undefined);
  return value !== undefined && Number.isFinite(value) ? Math.min(100, Math.max(0, value)) : null;
}

const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);

export function noteProgress(draft: LifecycleDraft, event: LoggedEvent): void {
  const { registers } = draft;
  const line = activityOf(event);
  if (line !== null && line !== "" && (registers.activity === null || compareOrder(event, registers.activity.at) >= 0))
    registers.activity = { text: clip(line, 300), at: orderKey(event) };
  const percent = event.progress === undefined ? null : percentOf(event.progress);
  if (percent !== null && (registers.progressAt === null || compareOrder(event, registers.progressAt) >= 0)) {
    draft.progressPercent = percent;
    registers.progressAt = orderKey(event);
  }
  const usedPercent = finite(event.budget?.usedPercent);
  if (event.budget === undefined || usedPercent === null) return;
  // A budget of ours that covers more than this run does not say how much of its own the run has used.
  if (event.origin === "watchfloor" && event.budget.scope !== "run") return;
  if (registers.budgetAt !== null && compareOrder(event, registers.budgetAt) < 0) return;
  draft.budget = {
    usedPercent: Math.max(0, usedPercent),
    thresholdPercent: finite(event.budget.thresholdPercent),
    tokensUsed: finite(event.budget.tokensUsed),
    tokensBudget: finite(event.budget.tokensBudget),
  };
  registers.budgetAt = orderKey(event);
}

export function countEvent(draft: LifecycleDraft, event: LoggedEvent): void {
  const { counts, tallies } = draft;
  counts.events += 1;
  switch (event.type) {
    case "step.started":
      tallies.stepsStarted += 1;
      break;
    case "step.completed":
      tallies.stepsEnded += 1;
      break;
    case "step.failed":
      tallies.stepsEnded += 1;
      counts.errors += 1;
      break;
    case "tool.called":
      tallies.toolsCalled += 1;
      break;
    case "tool.returned":
      tallies.toolsEnded += 1;
      break;
    case "tool.failed":
      tallies.toolsEnded += 1;
      counts.errors += 1;
      break;
    case "model.prompted":
      tallies.modelsPrompted += 1;
      break;
    case "model.completed":
      tallies.modelsEnded += 1;
      break;
    case "error.occurred":
    case "agent.failed":
    case "run.failed":
      counts.errors += 1;
      break;
    default:
      if (isUnknownType(event.type)) counts.unknown += 1;
  }
}

/** A start and its end count once, even if either is missing. */
export function settleCounts({ counts, tallies }: LifecycleDraft): void {
  counts.steps = Math.max(tallies.stepsStarted, tallies.stepsEnded);
  counts.toolCalls = Math.max(tallies.toolsCalled, tallies.toolsEnded);
  counts.modelCalls = Math.max(tallies.modelsPrompted, tallies.modelsEnded);
}
