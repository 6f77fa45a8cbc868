import type { TransactionSql } from "postgres";
import type { Dialect } from "@/lib/core/dialect";
import type { CanonicalType } from "@/lib/core/events/canonical";
import { carriedTypes } from "@/lib/core/webhooks/carried-types";
import { matchesType } from "@/lib/core/webhooks/patterns";
import type { NewReplay, StartedReplay } from "@/lib/core/webhooks/replay";
import { DomainError } from "../errors";
import { acceptedTarget } from "../outbound/accepted-target";
import { services } from "../services";
import { uuidv7 } from "../uuid";
import { envelopeTypeOf } from "../webhooks/envelope-of";
import { publicId } from "../webhooks/public-id";
import { ownReportPrefix } from "../webhooks/report-event";
import { findReplay } from "./find-replay";

/** Larger replays are rejected: their list would be as large as the log. */
export const maxEvents = 250_000;

type Wanted = NewReplay & { /** Our id of the run, if only one is replayed. */ readonly runId?: string };
type Kind = { readonly dialect: Dialect; readonly type: CanonicalType; readonly source_type: string };
type Range = {
  readonly projectId: string;
  readonly since: number;
  readonly until: number;
  readonly runId: string | null;
  /** Include what this server wrote about its own deliveries. */
  readonly own: boolean;
};

/**
 * Numbers the events of a range, oldest first by the time they happened, and hands them to the worker. Later events are not
 * included, so the total is fixed from the start.
 */
export async function startReplay(projectId: string, wanted: Wanted): Promise<StartedReplay> {
  const { pool, wide, now, sealer } = services();
  const { runId = null, speed } = wanted;
  const [since, until, given] = [wanted.since ?? null, wanted.until ?? null, wanted.secret ?? null];
  if (since !== null && until !== null && since > until)
    throw new DomainError("invalid_request", "`since` is later than `until`.", { path: "since" });
  const url = await acceptedTarget(wanted.webhook_url, "webhook_url");
  const patterns = [...new Set([...(wanted.types ?? []), ...(wanted.events ?? [])])];
  const id = uuidv7(now());
  const own = patterns.some((pattern) => pattern.startsWith("webhook."));
  const range: Range = { projectId, since: since ?? 0, until: until ?? Number.MAX_SAFE_INTEGER, runId, own };
  const secret = given === null ? null : sealer.seal(given, `replay:${id}`);
  const start = async (tx: TransactionSql) => {
    const total = await list(tx, { id, range, patterns: patterns.length === 0 ? ["*"] : patterns });
    const ended = total === 0 ? now() : null;
    await tx`
      insert into replays (project_id, id, url, types, since_ms, until_ms, run_id, secret, speed, status, total, next_attempt_ms, created_at_ms, ended_at_ms)
      values (${projectId}, ${id}, ${url}, ${patterns}, ${since}, ${until}, ${runId}, ${secret}, ${speed || null},
        ${total === 0 ? "completed" : "running"}, ${total}, ${now()}, ${now()}, ${ended})`;
  };
  await (runId === null ? wide.ask(start, "Replay the runs one by one.") : pool.begin(start));
  const replay = await findReplay(projectId, publicId("replay", id));
  return { ...replay, event_count: replay.total };
}

type Listing = { readonly id: string; readonly range: Range; readonly patterns: readonly string[] };

async function list(tx: TransactionSql, { id, range, patterns }: Listing): Promise<number> {
  const kinds = await tx<Kind[]>`select distinct r.dialect, e.type, e.source_type ${from(tx, range)}`;
  // An event's outgoing type follows from its own type, so the database finds the matching events without reading any.
  const told = kinds.filter(({ dialect, type, source_type }) => {
    const word = envelopeTypeOf({ type, source: { dialect, type: source_type } });
    return word !== null && matchesType(patterns, word);
  });
  if (told.length === 0) return 0;
  const inserted = await tx`
    insert into replay_items (project_id, replay_id, n, run_id, seq, at_ms)
    select ${range.projectId}, ${id}, row_number() over (order by at, run_id, seq), run_id, seq, at from (
      select e.run_id, e.seq, coalesce(e.occurred_at_ms, e.received_at_ms) as at ${from(tx, range)}
        and (r.dialect, e.type, e.source_type) in (
          select t.d, t.t, t.s from json_to_recordset(${JSON.stringify(told.map((kind) => ({ d: kind.dialect, t: kind.type, s: kind.source_type })))}::text::json) as t(d text, t text, s text))
      limit ${maxEvents + 1}
    ) found`;
  if (inserted.count > maxEvents)
    throw new DomainError("invalid_request", `This range has more than ${maxEvents} events.`, {
      hint: "Replay a shorter range or fewer types.",
      path: "since",
    });
  return inserted.count;
}

function from(tx: TransactionSql, { projectId, since, until, runId, own }: Range) {
  return tx`
    from runs r join events e on e.project_id = r.project_id and e.run_id = r.id
    where r.project_id = ${projectId} and (r.dialect = 'resonant' or e.type = any(${carriedTypes as string[]}))
      and coalesce(e.occurred_at_ms, e.received_at_ms) between ${since} and ${until}
      ${runId === null ? tx`` : tx`and r.id = ${runId}`}
      ${own ? tx`` : tx`and (e.source_event_id is null or not starts_with(e.source_event_id, ${ownReportPrefix}))`}`;
}
