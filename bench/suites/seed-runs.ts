import type { Pool } from "@/db/client";
import { defaultProjectId } from "@/db/migrate";
import { emptyRow, foldRow } from "@/lib/core/run/fold";
import { shownCost, shownTokens } from "@/lib/core/usage/totals";
import { loggedRun, rawLog } from "../load/logged-run";

/** The first of them are the shortest and cheapest: one agent has them all. */
const variants = 24;
/** Runs lie a minute apart, the latest a minute ago. */
const spacingMs = 60_000;

/** Writes runs straight into the table, with states that the real fold made of real events; those that are there stay. */
export async function seedRuns(database: Pool, count: number, nowMs: number): Promise<void> {
  const [seeded] = await database`select from runs where external_id = ${`seeded-${count}`}`;
  if (seeded) return;
  await database.unsafe("drop table if exists bench_variants");
  await database.unsafe(
    "create table bench_variants (variant int, last_seq bigint, tokens bigint, cost bigint, models text[], state json)",
  );
  for (let variant = 0; variant < variants; variant++) await addVariant(database, variant);
  await database`
    insert into sources (project_id, id, dialect, name) values (${defaultProjectId}, '00000000-0000-7000-8000-00000000beac', 'shannon', 'bench')
    on conflict do nothing`;
  await database`
    insert into runs (project_id, id, source_id, dialect, external_id, kind, created_at, last_seq, status, name, agent, session_id,
      started_at_ms, ended_at_ms, last_event_at_ms, tokens, cost_nanos, duration_ms, models, stalls_at_ms, state)
    select ${defaultProjectId}, (lpad(to_hex(t.ms), 12, '0') || '7' || substr(md5(g.n::text), 1, 3) || '8' || substr(md5(g.n::text), 4, 15))::uuid,
      '00000000-0000-7000-8000-00000000beac', 'shannon', 'seeded-' || g.n, 'run', to_timestamp(t.ms / 1000.0), v.last_seq,
      (array['succeeded', 'succeeded', 'succeeded', 'succeeded', 'failed', 'succeeded', 'running', 'cancelled'])[1 + g.n % 8],
      (array['Compare filings of', 'Summarise tickets about', 'Draft a reply to', 'Review changes in', 'Plan the release of'])[1 + g.n % 5]
        || ' ' || (array['the suppliers', 'billing', 'a customer', 'the parser', 'search', 'the mobile app', 'onboarding'])[1 + g.n % 7] || ' ' || g.n,
      case when v.variant < 3 then 'errand' else (array['researcher', 'analyst', 'planner', 'coder'])[1 + g.n % 4] end, 'session-' || (g.n / 12),
      t.ms, case when g.n % 8 <> 6 then t.ms + 40000 end, t.ms + 40000, v.tokens, v.cost, case when g.n % 8 <> 6 then 40000 end, v.models,
      case when g.n % 8 = 6 then t.ms + 340000 end, v.state
    from generate_series(1, ${count}::int) as g(n)
    cross join lateral (select ${nowMs}::bigint - (${count}::int - g.n + 1)::bigint * ${spacingMs}::bigint as ms) t
    join bench_variants v on v.variant = g.n % ${variants}::int
    on conflict do nothing`;
  // As the trigger does, which sees only runs that change.
  await database.unsafe(`
    insert into ended_runs (project_id, run_id, source_id, agent, status, cost_nanos, tokens, duration_ms)
    select project_id, id, source_id, agent, status, cost_nanos, tokens, duration_ms from runs where ended_at_ms is not null on conflict do nothing`);
  await database.unsafe("insert into run_names select project_id, id, name from runs on conflict do nothing");
  await database.unsafe("insert into run_models select project_id, m, id from runs, unnest(models) m on conflict do nothing");
  await database.unsafe(
    "insert into run_agents select project_id, 'reviewer', id from runs where external_id ~ '^seeded-.*[05]$' on conflict do nothing",
  );
  await database.unsafe(
    "insert into run_agents select project_id, 'auditor', id from runs where external_id like 'seeded-%777' on conflict do nothing",
  );
  await database.unsafe("drop table bench_variants");
  await database.unsafe("vacuum analyze runs, ended_runs, run_names, run_models, run_agents");
}

async function addVariant(database: Pool, variant: number): Promise<void> {
  const startMs = Date.UTC(2026, 0, 5) + variant;
  const state = foldRow(emptyRow(), loggedRun(rawLog(`seeded-variant-${variant}`, 20 + variant * 12, startMs), startMs));
  const cost = shownCost(state.usage);
  await database`
    insert into bench_variants values (${variant}, ${state.lifecycle.lastSeq}, ${shownTokens(state.usage).total},
      ${cost.reportedNanos + cost.estimatedNanos}, ${Object.keys(state.usage.byModel)}, ${JSON.stringify(state)}::text::json)`;
}
