-- Writes the rows of runs; WF001 when one of them is not where the plan began. A plan that was made while the table was empty is kept
-- for long after, and one that reads all runs of the project then costs the same: so the project is compared in a way that no index
-- knows, the records are made to look like one (`t.q = t.q + 0`), and no join is left but from each record to its run by the key.
CREATE OR REPLACE FUNCTION advance_runs(p_project uuid, p_ids uuid[], p_runs text) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  written integer;
BEGIN
  UPDATE runs SET last_seq = t.q, status = t.u, name = t.n, agent = t.a, session_id = t.ss, started_at_ms = t.st, ended_at_ms = t.en,
    last_event_at_ms = t.la, tokens = t.tk, cost_nanos = t.co, duration_ms = t.du, stalls_at_ms = t.sa,
    models = t.mo, state = coalesce(t.state, runs.state)
  FROM json_to_recordset(p_runs::json) AS t(i uuid, b bigint, p int, q bigint, u text, n text, a text, ss text, st bigint, en bigint, la bigint,
    tk bigint, co bigint, du bigint, mo text[], sa bigint, state json)
  WHERE t.q = t.q + 0 AND runs.id = t.i AND project_id IS NOT DISTINCT FROM p_project AND last_seq = t.b AND pricing = t.p;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written < cardinality(p_ids) THEN
    RAISE EXCEPTION '% of % runs are not where the plan began', cardinality(p_ids) - written, cardinality(p_ids) USING ERRCODE = 'WF001';
  END IF;
END
$$;
