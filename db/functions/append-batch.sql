-- Writes one planned batch of the log: one statement, one message to the database, whatever the batch holds
-- (lib/server/events/append). Lists are JSON text or null; `p_made` has the runs that nobody knew, `p_found` those whose name or models are
-- new; the runs are in the order of their ids, the shared rows (counters, sums, the head of the feed) come last and in the order of their
-- keys, so that no two batches wait for each other.
--
-- Nothing is written unless every run still stands where the plan began: WF001 says that one has moved on. WF002 says that a
-- charge reaches what a budget has to tell of. In both cases the caller plans anew under locks.
--
-- Returns the place in the feed before this batch's first run.
CREATE OR REPLACE FUNCTION append_batch(p_project uuid, p_ids uuid[], p_before bigint[], p_last bigint[], p_made text, p_runs text, p_found text, p_events text, p_ephemeral text, p_answers text, p_charges text, p_buckets text, p_now bigint)
RETURNS bigint LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  -- Where another process was first the run has another id: it is not where the plan began.
  IF p_made IS NOT NULL THEN
    INSERT INTO runs (project_id, id, source_id, dialect, external_id, kind, created_at)
    SELECT p_project, t.i, t.s, t.d, t.x, t.k, to_timestamp(p_now / 1000.0)
    FROM json_to_recordset(p_made::json) AS t(i uuid, s uuid, d text, x text, k text) ORDER BY t.s, t.x
    ON CONFLICT DO NOTHING;
  END IF;
  PERFORM advance_runs(p_project, p_ids, p_runs);

  IF p_found IS NOT NULL THEN
    INSERT INTO run_names AS n (project_id, run_id, name)
    SELECT p_project, t.i, t.n FROM json_to_recordset(p_found::json) AS t(i uuid, n text) WHERE t.n IS NOT NULL
    ON CONFLICT (project_id, run_id) DO UPDATE SET name = excluded.name;
    INSERT INTO run_models (project_id, model, run_id)
    SELECT p_project, m.model, t.i FROM json_to_recordset(p_found::json) AS t(i uuid, mo text[]), unnest(t.mo) AS m(model)
    ON CONFLICT DO NOTHING;
  END IF;
  IF p_events IS NOT NULL THEN
    INSERT INTO events (project_id, run_id, seq, received_at_ms, occurred_at_ms, type, source_type, frame_name, source_event_id, dedupe_key, estimated_nanos, flags, raw)
    SELECT p_project, t.r, t.s, t.a, t.o, t.t, t.y, t.n, t.i, t.k, t.e, coalesce(t.f, 0), t.w
    FROM json_to_recordset(p_events::json) AS t(r uuid, s bigint, a bigint, o bigint, t text, y text, n text, i text, k text, e bigint, f smallint, w json);
  END IF;
  IF p_ephemeral IS NOT NULL THEN
    INSERT INTO events_ephemeral (project_id, run_id, seq, received_at_ms, occurred_at_ms, type, source_type, frame_name, source_event_id, dedupe_key, estimated_nanos, flags, raw)
    SELECT p_project, t.r, t.s, t.a, t.o, t.t, t.y, t.n, t.i, t.k, t.e, coalesce(t.f, 0), t.w
    FROM json_to_recordset(p_ephemeral::json) AS t(r uuid, s bigint, a bigint, o bigint, t text, y text, n text, i text, k text, e bigint, f smallint, w json);
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
