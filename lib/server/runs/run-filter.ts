import type { Pool } from "@/db/client";
import { uuidFloor } from "@/db/partitions";
import { type Dialect, dialects } from "@/lib/core/dialect";
import { type RunStatus, runStatuses } from "@/lib/core/run/status";
import { type Bound, type BoundKind, isProblem, parseBound } from "@/lib/core/run-query/bound";
import { mayBeginId, ownIdsFrom } from "@/lib/core/run-query/id-beginning";
import { type RunSort, runSorts } from "@/lib/core/run-query/run-sort";
import { parseSince } from "@/lib/core/run-query/since";
import { DomainError } from "../errors";
import { textOf, wordOf, wordsOf } from "../http/query";

export type RunFilter = {
  readonly status?: readonly RunStatus[];
  readonly dialect?: Dialect;
  /** Name of the source. */
  readonly source?: string;
  /** Environment of the source. */
  readonly environment?: string;
  /** An agent that worked in the run. */
  readonly agent?: string;
  /** Only runs that it leads (which carry its name), or only the others: each side has its own indexes (`sidesOfAgent`). */
  readonly agentAs?: "leading" | "beside";
  /** How many runs it works in without leading them. */
  readonly besides?: "none" | "few" | "many";
  /** Whether it leads any run. */
  readonly leads?: boolean;
  readonly model?: string;
  /** The sources of that name and environment, as values rather than a subquery, so that the planner knows how many runs each has. */
  readonly sourceIds?: readonly string[];
  /** Few runs used it, so they are looked up first. The planner cannot know this and would search the whole list for them. */
  readonly isRareModel?: boolean;
  /** Few runs match `q`, so they are looked up first, for the same reason. */
  readonly isRareText?: boolean;
  /**
   * The moving runs, if there are few; null = too many to list. The planner cannot know this and would read every run that ever
   * moved.
   */
  readonly moving?: readonly string[] | null;
  readonly session?: string;
  readonly cost?: Bound;
  readonly tokens?: Bound;
  readonly duration?: Bound;
  readonly sinceMs?: number;
  /** Largest first; without it newest first. */
  readonly sort?: RunSort;
  /** Part of the name, or the start of an id. */
  readonly q?: string;
  /** Only these runs, by our id. */
  readonly ids?: readonly string[];
};

/** Reads the filter from a query string. Throws invalid_request. */
export function runFilterOf(query: URLSearchParams, nowMs: number): RunFilter {
  return {
    status: wordsOf(query, "status", runStatuses),
    dialect: wordOf(query, "dialect", dialects),
    source: textOf(query, "source"),
    environment: textOf(query, "environment"),
    agent: textOf(query, "agent"),
    model: textOf(query, "model"),
    session: textOf(query, "session"),
    cost: boundOf(query, "cost"),
    tokens: boundOf(query, "tokens"),
    duration: boundOf(query, "duration"),
    sinceMs: sinceOf(query, nowMs),
    q: textOf(query, "q"),
    sort: wordOf(query, "sort", runSorts),
  };
}

function boundOf(query: URLSearchParams, kind: BoundKind): Bound | undefined {
  const text = textOf(query, kind);
  if (text === undefined) return undefined;
  const bound = parseBound(kind, text);
  if (isProblem(bound)) throw new DomainError("invalid_request", `"${kind}": ${bound.message}.`, { path: `?${kind}=` });
  return bound;
}

function sinceOf(query: URLSearchParams, nowMs: number): number | undefined {
  const text = textOf(query, "since");
  if (text === undefined) return undefined;
  const since = parseSince(text, nowMs);
  if (isProblem(since)) throw new DomainError("invalid_request", `"since": ${since.message}.`, { path: "?since=" });
  return since.fromMs;
}

/** One page, newest first: runs older than `before`. */
export type Page = { readonly limit: number; readonly before?: string };
export type Listing = {
  readonly projectId: string;
  readonly nowMs: number;
  /** Set if only this page is wanted. */
  readonly page?: Page;
};

/**
 * The filter as conditions on the table `runs`, each beginning with `and`. `nowMs` decides which runs are stalled and how long open
 * runs have taken: a bound on the duration matches only open runs here (ended ones: `endedConditions`).
 */
export function runConditions(pool: Pool, filter: RunFilter, of: Listing) {
  return pool`${rowConditions(pool, filter, of)} ${probeConditions(pool, filter, of.projectId)}`;
}

/** Conditions that the row itself answers, or that list the matching runs. */
export function rowConditions(pool: Pool, filter: RunFilter, { projectId, nowMs, page }: Listing) {
  const { ids, dialect, source, environment, session, cost, tokens, duration, sinceMs, q } = filter;
  return pool`
    ${ids ? pool`and id = any(${[...ids]}::uuid[])` : pool``}
    ${statusCondition(pool, filter, nowMs)}
    ${dialect ? pool`and dialect = ${dialect}` : pool``}
    ${source || environment ? sourceCondition(pool, filter.sourceIds ?? []) : pool``}
    ${agentCondition(pool, filter, projectId)}
    ${session ? pool`and session_id = ${session}` : pool``}
    ${cost ? pool`${boundCondition(pool, "cost_nanos", cost)} ${gradeCondition(pool, "cost_grade", cost)}` : pool``}
    ${tokens ? pool`${boundCondition(pool, "tokens", tokens)} ${gradeCondition(pool, "tokens_grade", tokens)}` : pool``}
    ${duration ? goesOnCondition(pool, duration, nowMs) : pool``}
    ${sinceMs === undefined ? pool`` : pool`and id >= ${uuidFloor(sinceMs)}`}
    ${q && !filter.isRareText ? foundCondition(pool, q) : pool``}
    ${rareCondition(pool, filter, { projectId, page: isOnlyText(filter) ? page : undefined })}`;
}

/**
 * Conditions that probe another table run by run: for a model or an agent with many runs, which are stored in list order. Need a
 * row with the column `id`; empty if the filter has none of them.
 */
export function probeConditions(pool: Pool, filter: RunFilter, projectId: string) {
  const { model } = filter;
  return pool`
    ${filter.agent && filter.agentAs === "beside" && filter.besides !== "few" ? pool`and exists (${runsBeside(pool, filter, projectId)} and a.run_id = id)` : pool``}
    ${model && !filter.isRareModel ? pool`and exists (select from run_models m where m.project_id = ${projectId} and m.model = ${model} and m.run_id = id)` : pool``}`;
}

/** Whether another table is probed run by run. */
export function hasProbes({ agent, agentAs, besides, model, isRareModel }: RunFilter): boolean {
  return (agent !== undefined && agentAs === "beside" && besides !== "few") || (model !== undefined && !isRareModel);
}

/** Needs a row with the columns `id` and `agent`. */
export function agentCondition(pool: Pool, filter: RunFilter, projectId: string) {
  const { agent, agentAs, besides } = filter;
  if (!agent) return pool``;
  if (agentAs === "leading") return pool`and agent = ${agent}`;
  const few = besides === "few" && pool`id = any(array(${runsBeside(pool, filter, projectId)}))`;
  if (agentAs === "beside") return pool`and agent is distinct from ${agent} ${few ? pool`and ${few}` : pool``}`;
  return pool`and (agent = ${agent} or ${few || pool`exists (${runsBeside(pool, filter, projectId)} and a.run_id = id)`})`;
}

function runsBeside(pool: Pool, { agent = "" }: RunFilter, projectId: string) {
  return pool`select a.run_id from run_agents a where a.project_id = ${projectId} and a.agent = ${agent}`;
}

/** The two mutually exclusive kinds of runs that an agent works in, or the filter itself if it names no agent. */
export function sidesOfAgent(filter: RunFilter): readonly RunFilter[] {
  if (filter.agent === undefined) return [filter];
  const leading = { ...filter, agentAs: "leading" } as const;
  if (filter.besides === "none") return [leading];
  const beside = { ...filter, agentAs: "beside" } as const;
  // A value that no run has would be searched for among all open runs.
  return filter.leads === false ? [beside] : [leading, beside];
}

/** Rare matches, looked up as ids. */
export function rareCondition(pool: Pool, filter: RunFilter, { projectId, page }: { projectId: string; page?: Page }) {
  const { model, q } = filter;
  return pool`
    ${model && filter.isRareModel ? pool`and id = any(array(select m.run_id from run_models m where m.project_id = ${projectId} and m.model = ${model}))` : pool``}
    ${q && filter.isRareText ? pool`and id = any(array(${foundIds(pool, q, { projectId, page })}))` : pool``}`;
}

/** A text that many runs match is tested in each as the list reaches it. */
export function foundCondition(pool: Pool, q: string) {
  const own = ownIdsFrom(q);
  return pool`and (name ilike ${namePattern(q)} or ${externalCondition(pool, q)} ${own ? pool`or id between ${own.first} and ${own.last}` : pool``})`;
}

/** The runs that match a text. */
function foundIds(pool: Pool, q: string, { projectId, page }: { projectId: string; page?: Page }) {
  const own = ownIdsFrom(q);
  // If nothing else narrows the list, its page is among the newest matches of each kind.
  const newest = (id: "run_id" | "id") =>
    page
      ? pool`${page.before ? pool`and ${pool(id)} < ${page.before}` : pool``} order by ${pool(id)} desc limit ${page.limit + 1}`
      : pool``;
  const runs = pool`select id from runs where project_id = ${projectId} and kind = 'run'`;
  // `offset 0` is an optimisation fence: many old runs may share a prefix, and the planner would search for them from the newest
  // run on.
  return pool`
    (select n.run_id from run_names n where n.project_id = ${projectId} and n.name ilike ${namePattern(q)} ${newest("run_id")})
    union (select id from (${runs} and ${externalCondition(pool, q)} offset 0) x where true ${newest("id")})
    ${own ? pool`union (${runs} and id between ${own.first} and ${own.last} ${newest("id")})` : pool``}`;
}

function isOnlyText(filter: RunFilter): boolean {
  const { q, isRareText, isRareModel, besides, leads, moving, sourceIds, ...others } = filter;
  return Object.values(others).every((value) => value === undefined);
}

/** Compares by bytes, like the index. U+10FFFF sorts after every other character. */
export function externalCondition(pool: Pool, q: string) {
  if (!mayBeginId(q)) return pool`external_id = ${q}`;
  return pool`(external_id ~>=~ ${q} and external_id ~<~ ${`${q}\u{10FFFF}`})`;
}

/** The LIKE pattern for a name that contains the text. */
export function namePattern(q: string): string {
  return `%${likeText(q)}%`;
}

export function boundCondition(pool: Pool, column: "cost_nanos" | "tokens" | "duration_ms", bound: Bound) {
  return pool`and ${pool(column)} ${operator(pool, bound)} ${bound.value}`;
}

/**
 * Lets the planner use the index, which knows an open run's figure only by its grade (db/schema/runs.ts). Logarithms may differ in
 * their last digits.
 */
function gradeCondition(pool: Pool, column: "cost_grade" | "tokens_grade", { op, value }: Bound) {
  if (op.startsWith("<")) return pool`and ${pool(column)} <= ${Math.floor(Math.log2(value + 1) + 1e-6)}`;
  const least = Math.floor(Math.log2(value + 1) - 1e-6);
  return least <= 0 ? pool`` : pool`and ${pool(column)} >= ${least}`;
}

export function sourceCondition(pool: Pool, ids: readonly string[]) {
  return ids.length === 0 ? pool`and false` : pool`and source_id in ${pool(ids)}`;
}

/** The hour as a literal: with a parameter, a cached plan would not know how few runs have reported in it. */
export function hourLiteral(pool: Pool, nowMs: number) {
  return pool.unsafe(String(Math.floor(nowMs / hourMs)));
}

const hourMs = 3_600_000;
export const open: RunStatus[] = ["running", "pausing", "cancelling"];

/** Runs that reported recently enough, in a form that an index supports (db/schema/runs.ts). */
export function movingCondition(pool: Pool, nowMs: number) {
  return pool`not silent and stalls_hour >= ${hourLiteral(pool, nowMs)} and stalls_at_ms > ${nowMs}`;
}

/** `stalled` is never stored as a status: it means a run that should move by itself but has been silent for too long. */
function statusCondition(pool: Pool, { status: asked, moving: few }: RunFilter, nowMs: number) {
  if (!asked || asked.length === 0) return pool``;
  const hour = hourLiteral(pool, nowMs);
  const moving = few ? pool`id = any(${[...few]}::uuid[])` : few === null ? pool`stalls_at_ms > ${nowMs}` : movingCondition(pool, nowMs);
  const still = asked.filter((status) => status !== "stalled" && !open.includes(status));
  const active = asked.filter((status) => open.includes(status));
  const ways = [
    ...(still.length > 0 ? [pool`status in ${pool(still)}`] : []),
    ...(active.length > 0 ? [pool`(status in ${pool(active)} and ${moving})`] : []),
    ...(asked.includes("stalled") ? [pool`(status in ${pool(open)} and stalls_hour <= ${hour} and stalls_at_ms <= ${nowMs})`] : []),
  ];
  return pool`and (${ways.flatMap((way, at) => (at === 0 ? [way] : [pool`or`, way]))})`;
}

/** An open run's duration is the time since its start: the longer it takes, the earlier it began. */
function goesOnCondition(pool: Pool, { op, value }: Bound, nowMs: number) {
  return pool`and ended_at_ms is null and started_at_ms ${operator(pool, { op: flipped[op], value })} ${nowMs - value}`;
}

const flipped = { ">": "<", ">=": "<=", "<": ">", "<=": ">=" } as const;

function operator(pool: Pool, { op }: Bound) {
  switch (op) {
    case ">":
      return pool`>`;
    case ">=":
      return pool`>=`;
    case "<":
      return pool`<`;
    case "<=":
      return pool`<=`;
  }
}

function likeText(text: string): string {
  return text.replace(/[\\%_]/g, (char) => `\\${char}`);
}
