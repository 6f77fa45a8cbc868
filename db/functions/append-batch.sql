-- Writes one planned batch to the log: one statement and one round trip, whatever the batch contains
-- (lib/server/events/append/write-batch.ts). Runs are in id order; the shared rows (counters, sums, the head of the feed) come
-- last, in key order, so that no two batches deadlock.
--
-- The data of runs and events are passed as arrays, one per column: JSON records cost a quarter of the whole batch, mostly for
-- parsing the column names again in each. An array that would contain only nulls is null. `p_run` is an event's place among the
-- runs, from 1. `p_passing` says which events are kept for a shorter time, null if none are. `p_texts` is what was sent, each text
-- but the first preceded by U+0001: that character cannot occur in JSON, so nothing needs quoting and each text is parsed once. The
-- other lists are JSON text or null: `p_made` has the new runs, `p_found` those whose name, models or other agents are new.
--
-- Nothing is written unless every run is still where the plan started: WF001 says that one has moved on. WF002 says that a charge
-- reaches a budget's next mark. In both cases the caller plans again under locks.
--
-- Returns the place in the feed before this batch's first run.
CREATE OR REPLACE FUNCTION append_batch(p_project uuid, p_now bigint, p_ids uuid[], p_before bigint[], p_last bigint[], p_pricing int[],
  p_status text[], p_started bigint[], p_ended bigint[], p_heard bigint[], p_stalls bigint[], p_duration bigint[], p_tokens bigint[],
  p_cost bigint[], p_told boolean[], p_names text[], p_agents text[], p_sessions text[], p_models text[], p_states json[],
  p_run int[], p_seq bigint[], p_received bigint[], p_occurred bigint[], p_type text[], p_source_type text[], p_frame text[],
  p_source_id text[], p_key text[], p_estimate bigint[], p_flags smallint[], p_passing boolean[], p_texts text,
  p_made text, p_found text, p_answers text, p_charges text, p_buckets text)
RETURNS bigint LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  -- If another process created the run first, it has another id: it is not where the plan started.
  IF p_made IS NOT NULL THEN
    INSERT INTO runs (project_id, id, source_id, dialect, external_id, kind, created_at)
    SELECT p_project, t.i, t.s, t.d, t.x, t.k, to_timestamp(p_now / 1000.0)
    FROM json_to_recordset(p_made::json) AS t(i uuid, s uuid, d text, x text, k text) ORDER BY t.s, t.x
    ON CONFLICT DO NOTHING;
  END IF;
  PERFORM advance_runs(p_project, p_ids, p_before, p_last, p_pricing, p_status, p_started, p_ended, p_heard, p_stalls, p_duration, p_tokens,
    p_cost, p_told, p_names, p_agents, p_sessions, p_models, p_states);

  IF p_found IS NOT NULL THEN
    INSERT INTO run_names AS n (project_id, run_id, name)
    SELECT p_project, t.i, t.n FROM json_to_recordset(p_found::json) AS t(i uuid, n text) WHERE t.n IS NOT NULL
    ON CONFLICT (project_id, run_id) DO UPDATE SET name = excluded.name;
    INSERT INTO run_models (project_id, model, run_id)
    SELECT p_project, m.model, t.i FROM json_to_recordset(p_found::json) AS t(i uuid, mo text[]), unnest(t.mo) AS m(model)
    ON CONFLICT DO NOTHING;
    INSERT INTO run_agents (project_id, agent, run_id)
    SELECT p_project, a.agent, t.i FROM json_to_recordset(p_found::json) AS t(i uuid, ag text[]), unnest(t.ag) AS a(agent)
    ON CONFLICT DO NOTHING;
  END IF;
  IF p_passing IS NULL THEN
    INSERT INTO events (project_id, run_id, seq, received_at_ms, occurred_at_ms, type, source_type, frame_name, source_event_id, dedupe_key, estimated_nanos, flags, raw)
    SELECT p_project, p_ids[t.run], t.s, t.a, t.o, t.t, t.y, t.n, t.i, t.k, t.e, coalesce(t.f, 0), t.w::json
    FROM ROWS FROM (unnest(p_run, p_seq, p_received, p_occurred, p_type, p_source_type, p_frame, p_source_id, p_key, p_estimate, p_flags),
      string_to_table(p_texts, E'\x01')) AS t(run, s, a, o, t, y, n, i, k, e, f, w);
  ELSE
    WITH given AS MATERIALIZED (
      SELECT * FROM ROWS FROM (unnest(p_run, p_seq, p_received, p_occurred, p_type, p_source_type, p_frame, p_source_id, p_key, p_estimate, p_flags, p_passing),
        string_to_table(p_texts, E'\x01')) AS t(run, s, a, o, t, y, n, i, k, e, f, passing, w)
    ), passed AS (
      INSERT INTO events_ephemeral (project_id, run_id, seq, received_at_ms, occurred_at_ms, type, source_type, frame_name, source_event_id, dedupe_key, estimated_nanos, flags, raw)
      SELECT p_project, p_ids[t.run], t.s, t.a, t.o, t.t, t.y, t.n, t.i, t.k, t.e, coalesce(t.f, 0), t.w::json FROM given AS t WHERE t.passing
    )
    INSERT INTO events (project_id, run_id, seq, received_at_ms, occurred_at_ms, type, source_type, frame_name, source_event_id, dedupe_key, estimated_nanos, flags, raw)
    SELECT p_project, p_ids[t.run], t.s, t.a, t.o, t.t, t.y, t.n, t.i, t.k, t.e, coalesce(t.f, 0), t.w::json FROM given AS t WHERE NOT t.passing;
  END IF;
  IF p_answers IS NOT NULL THEN
    INSERT INTO idempotency_keys (project_id, key, body_hash, reply)
    SELECT p_project, t.k, decode(t.h, 'hex'), t.r FROM json_to_recordset(p_answers::json) AS t(k text, h text, r text);
  END IF;

  IF p_charges IS NOT NULL THEN
    PERFORM charge_budgets(p_project, p_charges);
  END IF;

  IF p_buckets IS NOT NULL THEN
    PERFORM add_to_buckets(p_project, p_buckets);
  END IF;

  RETURN advance_feed(p_project, p_ids, p_before, p_last, p_now);
END
$$;
