import type { Pool } from "@/db/client";
import type { BudgetRule, Crossing } from "@/lib/core/budgets/charge";
import { emptyRow } from "@/lib/core/run/fold";
import type { RowState } from "@/lib/core/run/state";
import { chargeBudgets } from "../../budgets/charge-budgets";
import { crossingEvent } from "../../budgets/crossing-event";
import { uuidv7 } from "../../uuid";
import { type BucketDelta, bucketDeltas } from "./buckets";
import { planRun, type RunPlan, type StoredEvent } from "./plan";
import { projections } from "./projections";
import type { AppendRequest, AppendResult, EventOutcome, NewEvent, RunRange, SourceRef } from "./request";
import { type CachedRun, type RunCache, runKey } from "./run-cache";
import { type FeedRow, type LockedRun, statements } from "./statements";

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
  readonly cache: RunCache;
  readonly now: () => number;
  /** The project's budgets, from memory. */
  readonly budgets: (projectId: string) => Promise<readonly BudgetRule[]>;
};

/** The events of one run in one batch, in the order of arrival, each with its place in its request. */
type Group = {
  readonly key: string;
  readonly source: SourceRef;
  readonly externalId: string;
  readonly kind: "run" | "activity";
  readonly events: NewEvent[];
  readonly places: (readonly [number, number])[];
};

type Planned = {
  readonly group: Group;
  readonly before: CachedRun;
  readonly plan: RunPlan;
  readonly buckets: readonly BucketDelta[];
  /** The budgets that these events crossed, as events of their own; their effect is in `plan` too. */
  readonly crossed?: RunPlan;
};

/**
 * One transaction: lock the runs in id order (making the unknown ones), drop duplicates, number, insert, write the folded
 * rows, buckets and the feed. The statements of each half travel together; the rows that all batches share come last.
 */
export async function commitBatch(context: Context, batch: Batch): Promise<{ results: AppendResult[]; committed: Committed }> {
  const groups = groupByRun(batch);
  const rules = await context.budgets(batch.projectId);
  // The driver's own `begin` and not a reserved connection: only it notices when the connection dies under a transaction.
  const written = await context.pool.begin(async (tx) => {
    const sql = statements(tx, batch.projectId);
    const locked = await lock(sql, context, groups);
    const planned = groups.map((group) => planGroup(group, locked, batch.projectId));
    const results = resultsOf(batch, planned);
    const project = (changed: readonly Planned[]) => projections.map((projection) => projection(tx, batch.projectId, changed));
    const nowMs = context.now();
    const charge = (changed: readonly Planned[]) => chargeBudgets(tx, batch.projectId, { rules, changed, nowMs });
    return { results, ...(await write(sql, { batch, planned, results, nowMs, project, charge: rules.length === 0 ? null : charge })) };
  });
  const runs = remember(context.cache, written.planned, written.feed);
  return { results: written.results, committed: { projectId: batch.projectId, runs } };
}

function groupByRun(batch: Batch): Group[] {
  const groups = new Map<string, Group>();
  for (const [requestIndex, request] of batch.requests.entries()) {
    for (const [eventIndex, event] of request.events.entries()) {
      const key = runKey(request.source.id, event.run.externalId);
      let group = groups.get(key);
      if (!group) {
        group = { key, source: request.source, externalId: event.run.externalId, kind: event.run.kind, events: [], places: [] };
        groups.set(key, group);
      }
      group.events.push(event);
      group.places.push([requestIndex, eventIndex]);
    }
  }
  return [...groups.values()];
}

type Statements = ReturnType<typeof statements>;

type Locked = { readonly rows: ReadonlyMap<string, CachedRun>; readonly known: ReadonlyMap<string, ReadonlyMap<string, string>> };

async function lock(sql: Statements, context: Context, groups: readonly Group[]): Promise<Locked> {
  const cached = groups.map((group) => context.cache.get(group.key));
  const missing = groups.filter((_, index) => cached[index] === undefined);
  const pending: Promise<unknown>[] = [];
  if (missing.length > 0) pending.push(sql.makeRuns(missing.map((group) => ({ ...group, id: uuidv7(context.now()) }))));
  const locking = sql.lockRuns(
    groups.map((group, index) => ({ ...group, lastSeq: cached[index]?.lastSeq ?? -1, pricing: cached[index]?.pricing ?? 0 })),
  );
  const keyed = groups.flatMap((group) =>
    group.events.flatMap((event) => (event.dedupeKey === undefined ? [] : [{ ...group, dedupeKey: event.dedupeKey }])),
  );
  const finding = keyed.length > 0 ? sql.findKnown(keyed) : Promise.resolve([]);
  const [rows, known] = (await Promise.all([locking, finding, ...pending])) as [
    LockedRun[],
    { key: string; dedupeKey: string; raw: string }[],
  ];
  const byKey = new Map<string, CachedRun>();
  for (const row of rows) byKey.set(row.key, lockedRun(row, groups, context.cache));
  const knownByRun = new Map<string, Map<string, string>>();
  for (const item of known) {
    const keys = knownByRun.get(item.key) ?? new Map<string, string>();
    knownByRun.set(item.key, keys.set(item.dedupeKey, item.raw));
  }
  return { rows: byKey, known: knownByRun };
}

function lockedRun(row: LockedRun, groups: readonly Group[], cache: RunCache): CachedRun {
  const cached = cache.get(row.key);
  // The row sends its state only when ours is older: another process may have written since, or priced it anew.
  if (cached && cached.lastSeq === row.lastSeq && cached.pricing === row.pricing) return cached;
  const group = groups.find((candidate) => candidate.key === row.key) as Group;
  const state = row.state === null ? emptyRow() : (JSON.parse(row.state) as RowState);
  return {
    projectId: row.projectId,
    id: row.id,
    source: group.source,
    externalId: row.externalId,
    kind: row.kind,
    createdAtMs: row.createdAtMs,
    lastSeq: row.lastSeq,
    pricing: row.pricing,
    state,
  };
}

const nothingKnown: ReadonlyMap<string, string> = new Map();

function planGroup(group: Group, locked: Locked, projectId: string): Planned {
  const before = locked.rows.get(group.key);
  if (!before) throw new Error(`run ${group.externalId} of project ${projectId} vanished while it was being written`);
  const plan = planRun({ run: before, source: group.source, events: group.events, known: locked.known.get(group.key) ?? nothingKnown });
  const buckets = bucketDeltas({ before: before.state, stored: plan.stored, sourceId: group.source.id });
  return { group, before, plan, buckets };
}

type Writing = {
  readonly batch: Batch;
  readonly planned: readonly Planned[];
  readonly results: readonly AppendResult[];
  readonly nowMs: number;
  readonly project: (changed: readonly Planned[]) => Promise<unknown>[];
  /** Counts what was spent; null = the project has no budgets, and nothing has to be waited for. */
  readonly charge: ((changed: readonly Planned[]) => Promise<Crossing[]>) | null;
};

type Written = { readonly planned: readonly Planned[]; readonly feed: readonly FeedRow[] };

async function write(sql: Statements, { batch, planned, results, nowMs, project, charge }: Writing): Promise<Written> {
  let changed = planned.filter((item) => item.plan.stored.length > 0);
  let pending: Promise<unknown>[] = [];
  let feed: Promise<FeedRow[]> = Promise.resolve([]);
  for (const table of ["events", "events_ephemeral"] as const) {
    const records = changed.flatMap((item) => (table === "events" ? item.plan.durable : item.plan.ephemeral));
    if (records.length > 0) pending.push(sql.insertEvents(table, records));
  }
  if (changed.length > 0) {
    pending.push(sql.updateRuns(changed.map((item) => ({ id: item.before.id, lastSeq: item.plan.lastSeq, state: item.plan.state }))));
    pending.push(...project(changed));
  }
  const answers = batch.requests.flatMap((request, index) =>
    request.idempotency
      ? [
          {
            key: request.idempotency.key,
            bodyHash: request.idempotency.bodyHash,
            reply: request.idempotency.reply(results[index] as AppendResult),
          },
        ]
      : [],
  );
  if (answers.length > 0) pending.push(sql.rememberAnswers(answers));
  if (changed.length > 0) {
    // Shared rows last and in a fixed order: their locks are then held for little more than the commit.
    const buckets = changed.flatMap((item) => item.buckets);
    if (buckets.length > 0) pending.push(sql.addToBuckets(buckets));
    if (charge !== null && buckets.length > 0) {
      const [crossings] = await Promise.all([charge(changed), ...pending]);
      pending = [];
      changed = changed.map((item) => withCrossings(item, crossings, nowMs));
      pending.push(...writeCrossings(sql, changed));
    }
    feed = sql.advanceFeed(
      changed.map((item) => ({ runId: item.before.id, firstSeq: item.before.lastSeq + 1, lastSeq: item.plan.lastSeq })),
      nowMs,
    );
  }
  const [rows] = await Promise.all([feed, ...pending]);
  const after = new Map(changed.map((item) => [item.before.id, item]));
  return { planned: planned.map((item) => after.get(item.before.id) ?? item), feed: rows };
}

/** The run with the budgets that its events crossed behind those events; the same when they crossed none. */
function withCrossings(item: Planned, crossings: readonly Crossing[], nowMs: number): Planned {
  const own = crossings.filter((crossing) => crossing.spending.runId === item.before.id);
  if (own.length === 0) return item;
  const { plan } = item;
  const run: CachedRun = { ...item.before, lastSeq: plan.lastSeq, state: plan.state };
  const events = own.map((crossing) => crossingEvent(run, crossing, nowMs));
  const crossed = planRun({ run, source: item.group.source, events, known: nothingKnown });
  return {
    ...item,
    crossed,
    plan: { ...plan, stored: [...plan.stored, ...crossed.stored], state: crossed.state, lastSeq: crossed.lastSeq },
  };
}

function writeCrossings(sql: Statements, changed: readonly Planned[]): Promise<unknown>[] {
  const crossed = changed.flatMap(({ before, crossed }) => (crossed ? [{ before, crossed }] : []));
  if (crossed.length === 0) return [];
  return [
    sql.insertEvents(
      "events",
      crossed.flatMap((item) => item.crossed.durable),
    ),
    sql.updateRuns(crossed.map((item) => ({ id: item.before.id, lastSeq: item.crossed.lastSeq, state: item.crossed.state }))),
  ];
}

function resultsOf(batch: Batch, planned: readonly Planned[]): AppendResult[] {
  const outcomes: EventOutcome[][] = batch.requests.map((request) => new Array<EventOutcome>(request.events.length));
  const ranges: Map<string, RunRange>[] = batch.requests.map(() => new Map());
  for (const { group, before, plan } of planned) {
    for (const [index, [requestIndex, eventIndex]] of group.places.entries()) {
      const outcome = plan.outcomes[index] as EventOutcome;
      (outcomes[requestIndex] as EventOutcome[])[eventIndex] = outcome;
      const of = ranges[requestIndex] as Map<string, RunRange>;
      const range = of.get(before.id) ?? { id: before.id, externalId: group.externalId, firstSeq: null, lastSeq: plan.lastSeq };
      if (outcome.kind === "stored") of.set(before.id, { ...range, firstSeq: range.firstSeq ?? outcome.seq, lastSeq: outcome.seq });
      else of.set(before.id, range);
    }
  }
  return outcomes.map((list, index) => ({ outcomes: list, runs: [...(ranges[index] as Map<string, RunRange>).values()] }));
}

function remember(cache: RunCache, planned: readonly Planned[], feed: readonly FeedRow[]): Committed["runs"] {
  const feedByRun = new Map(feed.map((row) => [row.runId, row.feedSeq]));
  return planned.flatMap(({ group, before, plan }) => {
    const run: CachedRun = { ...before, lastSeq: plan.lastSeq, state: plan.state };
    cache.set(group.key, run);
    const feedSeq = feedByRun.get(before.id);
    if (feedSeq === undefined) return [];
    return [{ run, firstSeq: before.lastSeq + 1, lastSeq: plan.lastSeq, feedSeq, events: plan.stored }];
  });
}
