import type { Pool } from "@/db/client";
import { type Dialect, dialects } from "@/lib/core/dialect";
import { type RunStatus, runStatuses } from "@/lib/core/run/status";
import { type Bound, type BoundKind, isProblem, parseBound } from "@/lib/core/run-query/bound";
import { mayBeginId, ownIdsFrom } from "@/lib/core/run-query/id-beginning";
import { type RunSort, runSorts } from "@/lib/core/run-query/run-sort";
import { parseSince } from "@/lib/core/run-query/since";
import { DomainError } from "../errors";
import { textOf, wordOf, wordsOf } from "../http/query";
import { uuidFloor } from "../uuid";

export type RunFilter = {
  readonly status?: readonly RunStatus[];
  readonly dialect?: Dialect;
  /** Name of the source. */
  readonly source?: string;
  /** Of the source. */
  readonly environment?: string;
  readonly agent?: string;
  readonly model?: string;
  /** The sources of that name and environment. As values and not as a question, so that the planner knows how many runs each has. */
  readonly sourceIds?: readonly string[];
  /** Few runs used it: they are looked up first. The planner cannot know and would read the whole list in search of them. */
  readonly isRareModel?: boolean;
  /** Few runs are found by `q`: they are looked up first, for the same reason. */
  readonly isRareText?: boolean;
  /** The runs that move, where they are few; null = too many to name. The planner cannot know, and would read all that ever moved. */
  readonly moving?: readonly string[] | null;
  readonly session?: string;
  readonly cost?: Bound;
  readonly tokens?: Bound;
  readonly duration?: Bound;
  readonly sinceMs?: number;
  /** The largest first; without it the newest. */
  readonly sort?: RunSort;
  /** Part of the name, or the beginning of an id. */
  readonly q?: string;
  /** Only these runs, by our id. */
  readonly ids?: readonly string[];
};

/** The filter that an address asks for. Throws invalid_request. */
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

/** Newest first, one page: runs older than `before`. */
export type Page = { readonly limit: number; readonly before?: string };
type Listing = {
  readonly projectId: string;
  readonly nowMs: number;
  /** Where no more than this page is wanted. */
  readonly page?: Page;
};

/** The filter as conditions on the table `runs` alone, each beginning with `and`. `nowMs` tells who is stalled and how long open runs take. */
export function runConditions(pool: Pool, filter: RunFilter, { projectId, nowMs, page }: Listing) {
  const { ids, dialect, source, environment, agent, model, session, cost, tokens, duration, sinceMs, q } = filter;
  return pool`
    ${ids ? pool`and id = any(${[...ids]}::uuid[])` : pool``}
    ${statusCondition(pool, filter, nowMs)}
    ${dialect ? pool`and dialect = ${dialect}` : pool``}
    ${source || environment ? sourceCondition(pool, filter.sourceIds ?? []) : pool``}
    ${agent ? pool`and agent = ${agent}` : pool``}
    ${model && !filter.isRareModel ? pool`and models @> ${[model]}::text[]` : pool``}
    ${model && filter.isRareModel ? pool`and id = any(array(select m.run_id from run_models m where m.project_id = ${projectId} and m.model = ${model}))` : pool``}
    ${session ? pool`and session_id = ${session}` : pool``}
    ${cost ? pool`and cost_nanos ${operator(pool, cost)} ${cost.value} ${fromGrade(pool, "cost_grade", cost)}` : pool``}
    ${tokens ? pool`and tokens ${operator(pool, tokens)} ${tokens.value} ${fromGrade(pool, "tokens_grade", tokens)}` : pool``}
    ${duration ? pool`and (${tookLong(pool, duration)} or ${goesOnLong(pool, duration, nowMs)})` : pool``}
    ${sinceMs === undefined ? pool`` : pool`and id >= ${uuidFloor(sinceMs)}`}
    ${q ? textCondition(pool, q, { projectId, isRare: filter.isRareText ?? false, page: isOnlyText(filter) ? page : undefined }) : pool``}`;
}

function textCondition(pool: Pool, q: string, { projectId, isRare, page }: { projectId: string; isRare: boolean; page?: Page }) {
  const own = ownIdsFrom(q);
  if (!isRare)
    return pool`and (name ilike ${namePattern(q)} or ${externalCondition(pool, q)} ${own ? pool`or id between ${own.first} and ${own.last}` : pool``})`;
  // Where nothing else narrows the list, its page is among the newest of each way to be found.
  const newest = (id: "run_id" | "id") =>
    page
      ? pool`${page.before ? pool`and ${pool(id)} < ${page.before}` : pool``} order by ${pool(id)} desc limit ${page.limit + 1}`
      : pool``;
  return pool`and id = any(array(
    (select n.run_id from run_names n where n.project_id = ${projectId} and n.name ilike ${namePattern(q)} ${newest("run_id")})
    union (select id from runs where project_id = ${projectId} and kind = 'run' and ${externalCondition(pool, q)} ${newest("id")})
    ${own ? pool`union (select id from runs where project_id = ${projectId} and kind = 'run' and id between ${own.first} and ${own.last} ${newest("id")})` : pool``}))`;
}

function isOnlyText(filter: RunFilter): boolean {
  const { q, isRareText, isRareModel, moving, sourceIds, ...others } = filter;
  return Object.values(others).every((value) => value === undefined);
}

/** By bytes, as the index has them. Nothing comes behind the last of all characters. */
export function externalCondition(pool: Pool, q: string) {
  if (!mayBeginId(q)) return pool`external_id = ${q}`;
  return pool`(external_id ~>=~ ${q} and external_id ~<~ ${`${q}\u{10FFFF}`})`;
}

/** What a name that holds the text is like. */
export function namePattern(q: string): string {
  return `%${likeText(q)}%`;
}

/**
 * Leads the planner to the index, which knows a figure above zero by its grade (db/schema/runs.ts). Logarithms may differ in their last
 * digits.
 */
function fromGrade(pool: Pool, column: "cost_grade" | "tokens_grade", { op, value }: Bound) {
  const least = op === ">" ? value + 1 : value;
  if (!op.startsWith(">") || least <= 0) return pool``;
  return pool`and ${pool(column)} >= ${Math.max(1, Math.floor(Math.log2(value + 1) - 1e-6))}`;
}

function sourceCondition(pool: Pool, ids: readonly string[]) {
  return ids.length === 0 ? pool`and false` : pool`and source_id in ${pool(ids)}`;
}

/** The hour as a literal: with a parameter a reused plan would not know how few runs are heard of in it. */
export function hourLiteral(pool: Pool, nowMs: number) {
  return pool.unsafe(String(Math.floor(nowMs / hourMs)));
}

const hourMs = 3_600_000;
export const open: RunStatus[] = ["running", "pausing", "cancelling"];
export const unended: RunStatus[] = [...open, "queued", "waiting", "paused"];

/** Runs that were heard of lately enough, as an index finds them. */
export function movingCondition(pool: Pool, nowMs: number) {
  return pool`stalls_hour >= ${hourLiteral(pool, nowMs)} and stalls_at_ms > ${nowMs}`;
}

/** `stalled` is no status that a run is stored with: it is one that moves by itself and was silent for too long. */
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

/**
 * The same as several ways to match that exclude each other, each of which an index gives in the order of the list. Asked together, who
 * took long and who has been going on for long, the planner would read the list from its top until it had a page.
 */
export function runWays(pool: Pool, filter: RunFilter, of: Listing) {
  const { duration, ...rest } = filter;
  if (!duration) return [runConditions(pool, filter, of)];
  const others = runConditions(pool, rest, { ...of, page: undefined });
  return [pool`${others} and ${tookLong(pool, duration)}`, pool`${others} and ${goesOnLong(pool, duration, of.nowMs)}`];
}

function tookLong(pool: Pool, duration: Bound) {
  return pool`duration_ms ${operator(pool, duration)} ${duration.value}`;
}

/** Of a run that goes on the time since its start counts: the longer it takes, the earlier it began. */
function goesOnLong(pool: Pool, { op, value }: Bound, nowMs: number) {
  const began: Bound = { op: flipped[op], value: nowMs - value };
  return pool`(duration_ms is null and started_at_ms ${operator(pool, began)} ${began.value} and status in ${pool(unended)})`;
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
