import type { ApprovalsState } from "../approvals/state";
import { evolveControl } from "../control/control";
import type { LoggedEvent } from "../events/logged";
import {
  countEvent,
  describeRun,
  KnownAgents,
  noteAgent,
  noteBeginning,
  noteClocks,
  noteProgress,
  noteSource,
  settleCounts,
} from "./lifecycle-notes";
import type { LifecycleRegisters, LifecycleState, LifecycleTallies } from "./lifecycle-state";
import { noteStatus, settleStatus } from "./lifecycle-status";

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The slice while a batch is folded: copied once per batch, written in place, and finally the slice itself. It has no fields of its own:
 * removing one again would mean copying thirty fields one by one, which took longer than folding an event.
 */
export type LifecycleDraft = Mutable<Omit<LifecycleState, "counts" | "source" | "registers" | "tallies" | "agents">> & {
  counts: Mutable<LifecycleState["counts"]>;
  source: Mutable<LifecycleState["source"]>;
  registers: Mutable<LifecycleRegisters>;
  tallies: Mutable<LifecycleTallies>;
  agents: readonly string[];
};

export function emptyLifecycle(): LifecycleState {
  return {
    status: "queued",
    statusAt: null,
    lastSeq: 0,
    startedAtMs: null,
    endedAtMs: null,
    lastEventAtMs: null,
    reportedDurationMs: null,
    name: null,
    query: null,
    sessionId: null,
    mode: null,
    agent: null,
    error: null,
    answer: null,
    activity: null,
    waitingSinceMs: null,
    waitingFor: null,
    counts: { events: 0, steps: 0, toolCalls: 0, modelCalls: 0, errors: 0, unknown: 0, late: 0 },
    agents: [],
    agentsTotal: 0,
    progressPercent: null,
    budget: null,
    source: { firstSeq: null, lastSeq: null, seen: 0 },
    lastReceivedAtMs: null,
    longestGapMs: 0,
    control: null,
    registers: {
      terminal: null,
      opened: null,
      active: null,
      lastError: null,
      activity: null,
      answer: null,
      describedAt: null,
      progressAt: null,
      budgetAt: null,
      starts: 0,
      agentFrom: null,
    },
    tallies: { stepsStarted: 0, stepsEnded: 0, toolsCalled: 0, toolsEnded: 0, modelsPrompted: 0, modelsEnded: 0 },
  };
}

/**
 * Status, times, counts and what the run is about. `approvals` is the approvals slice after the same events: whether a run waits for a
 * human is read from its open requests, never counted separately.
 */
export function evolveLifecycle(slice: LifecycleState, events: readonly LoggedEvent[], approvals: ApprovalsState): LifecycleState {
  if (events.length === 0) return slice;
  const draft: LifecycleDraft = {
    ...slice,
    counts: { ...slice.counts },
    source: { ...slice.source },
    registers: { ...slice.registers },
    tallies: { ...slice.tallies },
  };
  const known = new KnownAgents(draft);
  for (const event of events) {
    noteBeginning(draft, event);
    noteStatus(draft, event);
    countEvent(draft, event);
    if (event.sourceSeq !== undefined) noteSource(draft, event.sourceSeq);
    noteAgent(draft, event, known);
    if (event.run !== undefined) describeRun(draft, event, event.run);
    noteProgress(draft, event);
    draft.control = evolveControl(draft.control ?? null, event);
    draft.lastSeq = event.seq;
  }
  noteClocks(draft, events);
  settleCounts(draft);
  return settleStatus(draft, approvals);
}
