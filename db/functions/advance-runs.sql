-- Updates the rows of runs; raises WF001 if one of them is not where the plan started. The columns that a run is found by, and its
-- state, rarely change: they are written only where `p_told` is set, and all of them are null if it is set nowhere. A run's models
-- are passed as the text of an array.
--
-- A plan made while the table was empty is cached for long, and one that reads all runs of the project then costs the same. So the
-- project is compared in a way that no index supports, the records are made to look like a single one (`t.q = t.q + 0`), and the
-- only join left is from each record to its run by the key.
CREATE OR REPLACE FUNCTION advance_runs(p_project uuid, p_ids uuid[], p_before bigint[], p_last bigint[], p_pricing int[], p_status text[],
  p_started bigint[], p_ended bigint[], p_heard bigint[], p_stalls bigint[], p_duration bigint[], p_tokens bigint[], p_cost bigint[],
  p_told boolean[], p_names text[], p_agents text[], p_sessions text[], p_models text[], p_states json[]) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  written integer;
BEGIN
  IF p_told IS NULL THEN
    UPDATE runs SET last_seq = t.q, status = t.u, started_at_ms = t.st, ended_at_ms = t.en, last_event_at_ms = t.la, stalls_at_ms = t.sa,
      silent = false, duration_ms = t.du, tokens = t.tk, cost_nanos = t.co
    FROM unnest(p_ids, p_before, p_last, p_pricing, p_status, p_started, p_ended, p_heard, p_stalls, p_duration, p_tokens, p_cost)
      AS t(i, b, q, p, u, st, en, la, sa, du, tk, co)
    WHERE t.q = t.q + 0 AND runs.id = t.i AND project_id IS NOT DISTINCT FROM p_project AND last_seq = t.b AND pricing = t.p;
  ELSE
    UPDATE runs SET last_seq = t.q, status = t.u, started_at_ms = t.st, ended_at_ms = t.en, last_event_at_ms = t.la, stalls_at_ms = t.sa,
      silent = false, duration_ms = t.du, tokens = t.tk, cost_nanos = t.co,
      name = CASE WHEN t.told THEN t.n ELSE runs.name END, agent = CASE WHEN t.told THEN t.a ELSE runs.agent END,
      session_id = CASE WHEN t.told THEN t.ss ELSE runs.session_id END, models = CASE WHEN t.told THEN t.mo::text[] ELSE runs.models END,
      state = coalesce(t.state, runs.state)
    FROM unnest(p_ids, p_before, p_last, p_pricing, p_status, p_started, p_ended, p_heard, p_stalls, p_duration, p_tokens, p_cost,
      p_told, p_names, p_agents, p_sessions, p_models, p_states) AS t(i, b, q, p, u, st, en, la, sa, du, tk, co, told, n, a, ss, mo, state)
    WHERE t.q = t.q + 0 AND runs.id = t.i AND project_id IS NOT DISTINCT FROM p_project AND last_seq = t.b AND pricing = t.p;
  END IF;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written < cardinality(p_ids) THEN
    RAISE EXCEPTION '% of % runs are not where the plan began', cardinality(p_ids) - written, cardinality(p_ids) USING ERRCODE = 'WF001';
  END IF;
END
$$;
