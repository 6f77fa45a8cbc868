import type { Pool } from "@/db/client";
import { emptyRow } from "@/lib/core/run/fold";
import type { BudgetBook, Marks } from "../../budgets/budget-book";
import { type Charged, chargeBudgets, quietCharges } from "../../budgets/charge-budgets";
import { crossingEvent } from "../../budgets/crossing-event";
import { uuidv7 } from "../../uuid";
import { bucketDeltas } from "./buckets";
import { findKnown } from "./find-known";
import { type Group, groupByRun } from "./group";
import { KeyFilter } from "./key-filter";
import { lockRuns } from "./lock-runs";
import { planRun, type StoredEvent } from "./plan";
import { planToEnd } from "./plan-to-end";
import { projections } from "./projections";
import type { AppendRequest, AppendResult, EventOutcome, RunRange } from "./request";
import type { CachedRun, RunCache } from "./run-cache";
import { isStateDue } from "./run-columns";
import { statements } from "./statements";
import { type Answer, type PlannedRun, writeBatch } from "./write-batch";

export type Batch = { readonly projectId: string; readonly requests: readonly AppendRequest[] };

/** What a commit changed, for whoever follows the log in this process. */
export type Committed = {
  readonly projectId: string;
  readonly runs: readonly {
    readonly run: CachedRun;
    readonly firstSeq: number;
    readonly lastSeq: number;
    readonly feedSeq: number;
    readonly events: readonly StoredEvent[];
  }[];
};

type Context = {
  readonly pool: Pool;
  /** See `AppenderOptions`. */
  readonly line: Pool;
  readonly cache: RunCache;
  readonly now: () => number;
  /** The project's budgets, from memory. */
  readonly budgets: (projectId: string) => Promise<BudgetBook>;
};

type Planned = PlannedRun & { readonly group: Group };
/** Where a run's plan begins. */
type Start = Pick<Planned, "group" | "before" | "isNew">;

/**
 * Stores a batch in one transaction: drops duplicates, numbers, inserts, writes the folded rows, the buckets, the budgets' counts and the
 * feed. What this process remembers of the runs lets most batches go in one statement; a batch that it is unsure of, or whose plan turns
 * out to be outdated, is planned again under locks.
 */
export async function commitBatch(context: Context, batch: Batch): Promise<{ results: readonly AppendResult[]; committed: Committed }> {
  const groups = groupByRun(batch);
  const book = await context.budgets(batch.projectId);
  const work: Work = { context, batch, groups, book, nowMs: context.now() };
  const written = (await commitAtOnce(work)) ?? (await commitLocked(work));
  const runs = remember(context.cache, written, work.nowMs);
  return { results: written.results, committed: { projectId: batch.projectId, runs } };
}

type Work = {
  readonly context: Context;
  readonly batch: Batch;
  readonly groups: readonly Group[];
  readonly book: BudgetBook;
  readonly nowMs: number;
};

type Written = {
  readonly planned: readonly Planned[];
  readonly results: readonly AppendResult[];
  /** Runs with something stored, in feed order, and the feed position before the first. */
  readonly changed: readonly Planned[];
  readonly head: number;
};

const nothingKnown: ReadonlyMap<string, string> = new Map();
/** Raised by `append_batch`, which then wrote nothing; 40P01: a deadlock with another process over the batch's runs. */
const planAnew = new Set(["WF001", "WF002", "40P01"]);

/** Commits without locks; null when what is remembered is not enough or no longer true. */
async function commitAtOnce({ context, batch, groups, book, nowMs }: Work): Promise<Written | null> {
  const starts = await knownOrNew(context, { groups, nowMs, projectId: batch.projectId });
  if (starts === null) return null;
  const asked = starts.map(({ group, before }) => ({ run: before, events: group.events }));
  // If another process writes from now on, the run's last number moves and the batch is refused.
  const known = await findKnown(context.pool, batch.projectId, asked);
  const planned = starts.map((start) => planGroup(start, known.get(start.before.id) ?? nothingKnown));
  const changed = changedOf(planned);
  if (changed.length === 0 || projections.some((projection) => projection(batch.projectId, changed) !== null)) return null;
  const charges = book.rules.length === 0 ? [] : quietCharges({ book, changed });
  if (charges === null) return null;
  const results = resultsOf(batch, planned);
  try {
    const head = await writeBatch(context.line, {
      ...{ projectId: batch.projectId, runs: changed, answers: answersOf(batch, results), charges, nowMs },
    });
    return { planned, results, changed, head };
  } catch (error) {
    if (planAnew.has(String((error as { code?: unknown } | null)?.code))) return null;
    throw error;
  }
}

/**
 * The runs as remembered, and unknown ones as they will be created; null when the database has one of the unknown runs: its state can be
 * trusted only under its lock.
 */
async function knownOrNew(
  { pool, cache }: Context,
  { groups, projectId, nowMs }: { groups: readonly Group[]; projectId: string; nowMs: number },
): Promise<Start[] | null> {
  const runs = groups.map((group) => cache.get(group.key));
  const unknown = groups.filter((_, index) => runs[index] === undefined);
  if (unknown.length > 0 && (await statements(pool, projectId).countRuns(unknown)) > 0) return null;
  return groups.map((group, index) => {
    const known = runs[index];
    return known ? { group, before: known, isNew: false } : { group, before: newRun(group, projectId, nowMs), isNew: true };
  });
}

function newRun({ source, externalId, kind }: Group, projectId: string, nowMs: number): CachedRun {
  const id = uuidv7(nowMs);
  return {
    ...{ projectId, id, source, externalId, kind, createdAtMs: nowMs, lastSeq: 0, pricing: 0 },
    ...{ state: emptyRow(), stored: { seq: 0, atMs: 0, tailChars: 0 }, keys: new KeyFilter() },
  };
}

/** Locks the runs in id order (creating the missing ones) and queries what the log holds; rows shared by all batches come last. */
async function commitLocked({ context, batch, groups, book, nowMs }: Work): Promise<Written> {
  const { projectId } = batch;
  let marks: ReadonlyMap<string, Marks> = new Map();
  // Use the driver's `begin`, not a reserved connection: only `begin` notices when the connection dies during a transaction.
  const written = await context.pool.begin(async (tx) => {
    const locked = await lockRuns(tx, { projectId, cache: context.cache, nowMs }, groups);
    let planned = groups.map((group) => {
      const before = locked.runs.get(group.key);
      if (!before) throw new Error(`run ${group.externalId} of project ${projectId} vanished while it was being written`);
      return planGroup({ group, before, isNew: false }, locked.known.get(before.id) ?? nothingKnown);
    });
    const results = resultsOf(batch, planned);
    const found = changedOf(planned);
    const projecting = projections.map((projection) => projection(projectId, found)?.(tx));
    if (book.rules.length > 0 && found.some((item) => item.buckets.length > 0)) {
      const [charged] = await Promise.all([chargeBudgets(tx, projectId, { book, changed: found, now: context.now }), ...projecting]);
      planned = planned.map((item) => withCrossings(item, charged));
      marks = charged.marks;
    }
    const changed = changedOf(planned);
    const answers = answersOf(batch, results);
    if (changed.length === 0 && answers.length === 0) return { planned, results, changed, head: 0 };
    const writing = writeBatch(tx, { projectId, runs: changed, answers, charges: [], nowMs });
    const [head] = await Promise.all([writing, ...projecting]);
    return { planned, results, changed, head };
  });
  book.marks.learn(marks);
  return written;
}

function planGroup(start: Start, known: ReadonlyMap<string, string>): Planned {
  const { group, before } = start;
  const plan = planToEnd({ run: before, source: group.source, events: group.events, known });
  const buckets = bucketDeltas({ before: before.state, stored: plan.stored, sourceId: group.source.id });
  return { group, before, isNew: start.isNew, plan, buckets };
}

function changedOf(planned: readonly Planned[]): Planned[] {
  return planned.filter((item) => item.plan.stored.length > 0).sort((a, b) => (a.before.id < b.before.id ? -1 : 1));
}

function answersOf(batch: Batch, results: readonly AppendResult[]): Answer[] {
  return batch.requests.flatMap(({ idempotency }, index) => {
    if (!idempotency) return [];
    return [{ key: idempotency.key, bodyHash: idempotency.bodyHash, reply: idempotency.reply(results[index] as AppendResult) }];
  });
}

/** Adds the crossings that the run's events caused after those events; unchanged if there are none. */
function withCrossings(item: Planned, { crossings, atMs }: Charged): Planned {
  const own = crossings.filter((crossing) => crossing.spending.runId === item.before.id);
  if (own.length === 0) return item;
  const { plan } = item;
  const run: CachedRun = { ...item.before, lastSeq: plan.lastSeq, state: plan.state };
  const events = own.map((crossing) => crossingEvent(run, crossing, atMs));
  const crossed = planRun({ run, source: item.group.source, events, known: nothingKnown });
  return {
    ...item,
    plan: {
      outcomes: plan.outcomes,
      keys: [...plan.keys, ...crossed.keys],
      stored: [...plan.stored, ...crossed.stored],
      rows: [...plan.rows, ...crossed.rows],
      state: crossed.state,
      lastSeq: crossed.lastSeq,
      chars: plan.chars + crossed.chars,
    },
  };
}

function resultsOf(batch: Batch, planned: readonly Planned[]): AppendResult[] {
  const outcomes: EventOutcome[][] = batch.requests.map((request) => new Array<EventOutcome>(request.events.length));
  const ranges: Map<string, RunRange>[] = batch.requests.map(() => new Map());
  for (const { group, before, plan } of planned) {
    for (const [index, [requestIndex, eventIndex]] of group.places.entries()) {
      const outcome = plan.outcomes[index] as EventOutcome;
      (outcomes[requestIndex] as EventOutcome[])[eventIndex] = outcome;
      const of = ranges[requestIndex] as Map<string, RunRange>;
      const { id } = before;
      const range = of.get(id);
      if (outcome.kind === "stored")
        of.set(id, { id, externalId: group.externalId, firstSeq: range?.firstSeq ?? outcome.seq, lastSeq: outcome.seq });
      else if (!range) of.set(id, { id, externalId: group.externalId, firstSeq: null, lastSeq: plan.lastSeq });
    }
  }
  return outcomes.map((list, index) => ({ outcomes: list, runs: [...(ranges[index] as Map<string, RunRange>).values()] }));
}

function remember(cache: RunCache, { planned, changed, head }: Written, nowMs: number): Committed["runs"] {
  for (const item of planned) {
    const run = remembered(item, nowMs);
    for (const key of item.plan.keys) run.keys?.add(key);
    cache.set(item.group.key, run);
  }
  return changed.map((item, index) => ({
    run: cache.peek(item.group.key) ?? remembered(item, nowMs),
    firstSeq: item.before.lastSeq + 1,
    lastSeq: item.plan.lastSeq,
    feedSeq: head + index + 1,
    events: item.plan.stored,
  }));
}

function remembered({ before, plan }: Planned, nowMs: number): CachedRun {
  const { state, lastSeq } = plan;
  const isWritten = plan.stored.length > 0 && isStateDue({ before, plan }, nowMs);
  const stored = isWritten
    ? { seq: lastSeq, atMs: nowMs, tailChars: 0 }
    : before.stored && { ...before.stored, tailChars: before.stored.tailChars + plan.chars };
  return { ...before, lastSeq, state, stored };
}
