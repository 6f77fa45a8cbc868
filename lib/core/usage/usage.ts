import type { LoggedEvent } from "../events/logged";
import { clip } from "../run/clip";
import { orderKey } from "../run/moment";
import { compareOrder } from "../run/order-key";
import type { Keyed } from "../run/record";
import { RecordDraft } from "../run/record-draft";
import { noteProvider } from "./model-providers";
import { evolveOpenCalls } from "./open-calls";
import type { UsageState, UsageSum } from "./state";
import { addUsage, emptySum, type MutableSum } from "./sum";

type MeteredEvent = LoggedEvent & { readonly usage: NonNullable<LoggedEvent["usage"]> };
type Finer = "call" | "agent";

const modelLimit = 200;
const agentLimit = 1_000;
/** Longer names are cut, so that a sender cannot bloat the run row. */
const nameLimit = 200;
const otherKey = "(other)";

export function emptyUsage(): UsageState {
  return { calls: emptySum("call"), agents: emptySum("agent"), run: null, runAt: null, runModel: null, byModel: {}, byAgent: {} };
}

/** One breakdown while a batch is folded: copied on first write, each sum copied on its own first write. */
class Breakdown {
  private readonly sums: RecordDraft<UsageSum>;
  private readonly owned = new Map<string, MutableSum>();

  constructor(
    base: Keyed<UsageSum>,
    private readonly limit: number,
  ) {
    this.sums = new RecordDraft(base);
  }

  /** Adds a call- or agent-scope figure; calls replace a coarser scope's figures, and are never added to them. */
  add(name: string, scope: Finer, event: MeteredEvent): void {
    // Usually this batch has already added to this sum.
    const own = this.owned.get(name);
    if (own?.scope === scope) {
      addUsage(own, event.usage, event.estimatedNanos);
      return;
    }
    const key = this.keyFor(name);
    const current = this.sums.get(key);
    if (current?.scope === "call" && scope === "agent") return;
    let sum = this.owned.get(key);
    if (sum === undefined || sum.scope !== scope) {
      sum = current !== undefined && current.scope === scope ? { ...current } : { ...emptySum(scope) };
      this.set(key, sum);
    }
    addUsage(sum, event.usage, event.estimatedNanos);
  }

  /** Replaces the entry that stands for the run's total, unless a finer scope already names that model. */
  replaceRun(previous: string | null, next: string | null, sum: UsageSum): void {
    const replaced = previous === null ? null : this.keyFor(previous);
    if (replaced !== null && this.sums.get(replaced)?.scope === "run") {
      this.sums.delete(replaced);
      this.owned.delete(replaced);
    }
    if (next === null) return;
    const key = this.keyFor(next);
    if (this.sums.get(key) === undefined) this.set(key, { ...sum });
  }

  read(): Keyed<UsageSum> {
    return this.sums.read();
  }

  private keyFor(name: string): string {
    const key = clip(name, nameLimit);
    return this.sums.get(key) === undefined && this.sums.count() >= this.limit ? otherKey : key;
  }

  private set(key: string, sum: MutableSum): void {
    this.sums.set(key, sum);
    this.owned.set(key, sum);
  }
}

type UsageDraft = { -readonly [K in "calls" | "agents" | "run" | "runAt" | "runModel"]: UsageState[K] } & {
  byModel: Breakdown;
  byAgent: Breakdown;
};

function addFiner(sum: MutableSum, draft: UsageDraft, event: MeteredEvent): void {
  const scope: Finer = event.usage.scope === "agent" ? "agent" : "call";
  addUsage(sum, event.usage, event.estimatedNanos);
  if (event.usage.model !== undefined) draft.byModel.add(event.usage.model, scope, event);
  if (event.agent !== undefined) draft.byAgent.add(event.agent, scope, event);
}

function replaceRunTotal(draft: UsageDraft, event: MeteredEvent): void {
  if (draft.runAt !== null && compareOrder(orderKey(event), draft.runAt) < 0) return;
  const sum: MutableSum = { ...emptySum("run") };
  addUsage(sum, event.usage, event.estimatedNanos);
  const model = event.usage.model === undefined ? null : clip(event.usage.model, nameLimit);
  draft.byModel.replaceRun(draft.runModel, model, sum);
  draft.run = sum;
  draft.runAt = orderKey(event);
  draft.runModel = model;
}

/** Sums tokens and cost per scope. Scopes are never added to each other; see totals.ts for what is shown. */
export function evolveUsage(slice: UsageState, events: readonly LoggedEvent[]): UsageState {
  let draft: UsageDraft | null = null;
  let calls: MutableSum | null = null;
  let agents: MutableSum | null = null;
  let providers = slice.providers;
  for (const event of events) {
    if (event.usage === undefined) continue;
    const metered = event as MeteredEvent;
    providers = noteProvider(providers, metered.usage);
    draft ??= { ...slice, byModel: new Breakdown(slice.byModel, modelLimit), byAgent: new Breakdown(slice.byAgent, agentLimit) };
    if (metered.usage.scope === "run") {
      replaceRunTotal(draft, metered);
    } else if (metered.usage.scope === "agent") {
      agents ??= { ...slice.agents };
      addFiner(agents, draft, metered);
    } else {
      calls ??= { ...slice.calls };
      addFiner(calls, draft, metered);
    }
  }
  const open = evolveOpenCalls(slice.open, events);
  if (draft === null) return open === slice.open ? slice : { ...slice, open };
  return {
    ...(open === undefined ? {} : { open }),
    ...(providers === undefined ? {} : { providers }),
    calls: calls ?? slice.calls,
    agents: agents ?? slice.agents,
    run: draft.run,
    runAt: draft.runAt,
    runModel: draft.runModel,
    byModel: draft.byModel.read(),
    byAgent: draft.byAgent.read(),
  };
}
