import type { Pool } from "@/db/client";
import { defaultProjectId } from "@/db/migrate";

/** 40 agents with three models each, from four sources; a fifteenth of them is at work in any minute, more by day than by night. */
const pairs = 120;
const models = [
  "gpt-5",
  "gpt-5-mini",
  "gpt-4o-mini",
  "o4-mini",
  "claude-opus-4-1",
  "claude-sonnet-4-20250514",
  "claude-3-5-haiku",
  "gemini-2.5-pro",
  "gemini-2.5-flash",
  "mistral-large-latest",
  "grok-4",
  "house-model-7",
];
const sources = ["shannon", "powabase", "crewship", "resonant"] as const;
const sessions = 100_000;
/** A session is heard of in this many minutes, one in three. */
const sessionMinutes = 6;
/** Model calls of a session in each of them. */
const sessionCalls = "(20 + n * 7919 % 200)";
const days = 90;
/** Calls of an agent with a model in a minute: few of them make many. */
const callsOf = "3 + (1400 / (1 + pair % 24 * 2)) * (1 + (minute_no * 31 + pair * 17) % 5) / 3";
const atWork = "(pair * 7919 + minute_no * 104729) % 120 < 8 + (6 * sin((minute_no % 1440) / 1440.0 * 2 * pi()))::int";

/** A call's figures out of how many there were; nothing is priced for the model that nobody knows. */
const figures = (calls: string, unpriced: string) => `
  ${calls} as events, ${calls} * 1300 as tokens, ${calls} * 700 as input, ${calls} * 150 as output, ${calls} * 400 as cached_read, ${calls} * 50 as cached_write,
  ${calls} * 30 as reasoning, case when ${unpriced} then 0 else ${calls} * 150000 end as reported_nanos,
  case when ${unpriced} then 0 else ${calls} * 740000 end as estimated_nanos, case when ${unpriced} then ${calls} else 0 end as unpriced`;

const sums = [
  "events",
  "tokens",
  "input",
  "output",
  "cached_read",
  "cached_write",
  "reasoning",
  "reported_nanos",
  "estimated_nanos",
  "unpriced",
];
const columns = sums.join(", ");
const summed = sums.map((name) => `sum(${name}) as ${name}`).join(", ");
/** As the append notes it: null where it does not ask. */
const aloneOnItsDay = "case when session <> '' then count(*) over (partition by session) = 1 end";

/**
 * Replaces the sums by 90 days of usage, written straight into their tables: by minute, and summed by hour and day as the append does.
 * Answers for how many events they stand: model calls, which are the smaller part of what a run sends.
 */
export async function seedUsage(database: Pool, nowMs: number): Promise<number> {
  const fromMinute = Math.floor(nowMs / 60_000) - days * 1_440;
  await addSources(database);
  await database.unsafe("truncate usage_buckets, usage_rollups, usage_sessions, usage_first_days");
  await database.unsafe(`
    insert into usage_buckets (project_id, minute, source_id, agent, model, ${columns})
    select '${defaultProjectId}', to_timestamp((${fromMinute} + minute_no) * 60::bigint), ('00000000-0000-7000-8000-0000000c057' || pair % 4)::uuid,
      'agent-' || lpad((pair / 3)::text, 2, '0'), (array[${models.map((model) => `'${model}'`).join(",")}])[1 + (pair * 5 + pair / 3) % 12],
      ${figures(`(${callsOf})`, `(pair * 5 + pair / 3) % 12 = ${models.length - 1}`)}
    from generate_series(0::bigint, ${days * 1_440 - 1}) minute_no cross join generate_series(0, ${pairs - 1}) pair where ${atWork}`);
  await database.unsafe(`
    insert into usage_sessions (project_id, grain, start, session, ${columns})
    select '${defaultProjectId}', 'minute', to_timestamp((${fromMinute} + at) * 60::bigint), 'seeded-session-' || n, ${figures(sessionCalls, "false")}
    from generate_series(0::bigint, ${sessions - 1}) n cross join generate_series(0, ${sessionMinutes - 1}) m
    cross join lateral (select n * ${days * 1_440} / ${sessions} + m * 3 as at) t where at < ${days * 1_440}`);
  for (const [from, grain] of [
    ["usage_buckets", "hour"],
    ["usage_rollups where grain = 'hour'", "day"],
  ] as const)
    await database.unsafe(`
      insert into usage_rollups (project_id, grain, start, source_id, agent, model, ${columns})
      select project_id, '${grain}', date_trunc('${grain}', ${grain === "hour" ? "minute" : "start"}, 'UTC'), source_id, agent, model, ${summed}
      from ${from} group by 1, 3, 4, 5, 6`);
  // What belongs to no session.
  await database.unsafe(`
    insert into usage_sessions (project_id, grain, start, session, ${columns})
    select '${defaultProjectId}', 'minute', u.at, '', ${sums.map((name) => `u.${name} - coalesce(s.${name}, 0)`).join(", ")}
    from (select minute as at, ${summed} from usage_buckets group by 1) u
    left join (select start as at, ${summed} from usage_sessions group by 1) s on s.at = u.at`);
  for (const [from, grain] of [
    ["minute", "hour"],
    ["hour", "day"],
  ] as const)
    await database.unsafe(`
      insert into usage_sessions (project_id, grain, start, session, ${columns}, alone)
      select project_id, '${grain}', date_trunc('${grain}', start, 'UTC'), session, ${summed}, ${grain === "day" ? aloneOnItsDay : "null"}
      from usage_sessions where grain = '${from}' group by 1, 3, 4`);
  await database.unsafe(`
    insert into usage_first_days (project_id, session, day)
    select project_id, session, min(start) from usage_sessions where grain = 'day' and session <> '' group by 1, 2`);
  for (const table of ["usage_buckets", "usage_rollups", "usage_sessions", "usage_first_days"])
    await database.unsafe(`vacuum analyze ${table}`);
  const [row] = await database`select sum(events)::bigint as events from usage_rollups where grain = 'day'`;
  return Number(row?.events);
}

async function addSources(database: Pool): Promise<void> {
  for (const [index, dialect] of sources.entries())
    await database`
      insert into sources (project_id, id, dialect, name)
      values (${defaultProjectId}, ${`00000000-0000-7000-8000-0000000c057${index}`}, ${dialect}, ${`bench-${index}`}) on conflict do nothing`;
}
