-- A sum stays at the largest number that JavaScript holds exactly: an agent that reports its cost in the wrong unit would else make it leave
-- bigint, and from then on every event that is booked in the same place would be refused.
CREATE FUNCTION bounded_sum(p_sum numeric) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT least(greatest(p_sum, -9007199254740991), 9007199254740991)::bigint
$$;
--> statement-breakpoint
-- What belongs to no session gets a row of its own in the sums by session, under the empty name: they are then the whole of what
-- was used, and a page of sessions needs no other table.
CREATE OR REPLACE FUNCTION add_to_sessions(p_project uuid, p_buckets text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_sessions AS b (project_id, grain, start, session, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
  SELECT p_project, g.grain, to_timestamp(t.m / g.seconds * g.seconds), coalesce(t.ss, ''), sum(t.n), bounded_sum(sum(t.tk)), bounded_sum(sum(t.i)), bounded_sum(sum(t.u)), bounded_sum(sum(t.cr)), bounded_sum(sum(t.cw)), bounded_sum(sum(t.re)), bounded_sum(sum(t.rn)), bounded_sum(sum(t.en)), bounded_sum(sum(t.up))
  FROM json_to_recordset(p_buckets::json) AS t(m bigint, ss text, n int, tk bigint, i bigint, u bigint, cr bigint, cw bigint, re bigint, rn bigint, en bigint, up bigint),
    (VALUES ('minute', 60), ('hour', 3600), ('day', 86400)) AS g(grain, seconds)
  GROUP BY 2, 3, 4 ORDER BY 2, 3, 4
  ON CONFLICT (project_id, grain, start, session) DO UPDATE SET events = b.events + excluded.events, tokens = bounded_sum(b.tokens::numeric + excluded.tokens), input = bounded_sum(b.input::numeric + excluded.input), output = bounded_sum(b.output::numeric + excluded.output), cached_read = bounded_sum(b.cached_read::numeric + excluded.cached_read), cached_write = bounded_sum(b.cached_write::numeric + excluded.cached_write), reasoning = bounded_sum(b.reasoning::numeric + excluded.reasoning), reported_nanos = bounded_sum(b.reported_nanos::numeric + excluded.reported_nanos), estimated_nanos = bounded_sum(b.estimated_nanos::numeric + excluded.estimated_nanos), unpriced = bounded_sum(b.unpriced::numeric + excluded.unpriced);
END
$$;
--> statement-breakpoint
-- Adds to the sums per minute, hour and day, in the order of their keys, as every batch does, and to those by session.
CREATE OR REPLACE FUNCTION add_to_buckets(p_project uuid, p_buckets text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_buckets AS b (project_id, minute, source_id, agent, model, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
  SELECT p_project, to_timestamp(t.m), t.s, t.a, t.o, sum(t.n), bounded_sum(sum(t.tk)), bounded_sum(sum(t.i)), bounded_sum(sum(t.u)), bounded_sum(sum(t.cr)), bounded_sum(sum(t.cw)), bounded_sum(sum(t.re)), bounded_sum(sum(t.rn)), bounded_sum(sum(t.en)), bounded_sum(sum(t.up))
  FROM json_to_recordset(p_buckets::json) AS t(m bigint, s uuid, a text, o text, n int, tk bigint, i bigint, u bigint, cr bigint, cw bigint, re bigint, rn bigint, en bigint, up bigint)
  GROUP BY t.m, t.s, t.a, t.o ORDER BY t.m, t.s, t.a, t.o
  ON CONFLICT (project_id, minute, source_id, agent, model) DO UPDATE SET
    events = b.events + excluded.events, tokens = bounded_sum(b.tokens::numeric + excluded.tokens), input = bounded_sum(b.input::numeric + excluded.input), output = bounded_sum(b.output::numeric + excluded.output),
    cached_read = bounded_sum(b.cached_read::numeric + excluded.cached_read), cached_write = bounded_sum(b.cached_write::numeric + excluded.cached_write), reasoning = bounded_sum(b.reasoning::numeric + excluded.reasoning),
    reported_nanos = bounded_sum(b.reported_nanos::numeric + excluded.reported_nanos), estimated_nanos = bounded_sum(b.estimated_nanos::numeric + excluded.estimated_nanos), unpriced = bounded_sum(b.unpriced::numeric + excluded.unpriced);
  INSERT INTO usage_rollups AS b (project_id, grain, start, source_id, agent, model, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
  SELECT p_project, g.grain, to_timestamp(t.m / g.seconds * g.seconds), t.s, t.a, t.o, sum(t.n), bounded_sum(sum(t.tk)), bounded_sum(sum(t.i)), bounded_sum(sum(t.u)), bounded_sum(sum(t.cr)), bounded_sum(sum(t.cw)), bounded_sum(sum(t.re)), bounded_sum(sum(t.rn)), bounded_sum(sum(t.en)), bounded_sum(sum(t.up))
  FROM json_to_recordset(p_buckets::json) AS t(m bigint, s uuid, a text, o text, n int, tk bigint, i bigint, u bigint, cr bigint, cw bigint, re bigint, rn bigint, en bigint, up bigint),
    (VALUES ('day', 86400), ('hour', 3600)) AS g(grain, seconds)
  GROUP BY 2, 3, 4, 5, 6 ORDER BY 2, 3, 4, 5, 6
  ON CONFLICT (project_id, grain, start, source_id, agent, model) DO UPDATE SET
    events = b.events + excluded.events, tokens = bounded_sum(b.tokens::numeric + excluded.tokens), input = bounded_sum(b.input::numeric + excluded.input), output = bounded_sum(b.output::numeric + excluded.output),
    cached_read = bounded_sum(b.cached_read::numeric + excluded.cached_read), cached_write = bounded_sum(b.cached_write::numeric + excluded.cached_write), reasoning = bounded_sum(b.reasoning::numeric + excluded.reasoning),
    reported_nanos = bounded_sum(b.reported_nanos::numeric + excluded.reported_nanos), estimated_nanos = bounded_sum(b.estimated_nanos::numeric + excluded.estimated_nanos), unpriced = bounded_sum(b.unpriced::numeric + excluded.unpriced);
  PERFORM add_to_sessions(p_project, p_buckets);
END
$$;
--> statement-breakpoint
-- Writes one planned batch of the log: one statement, one message to the database, whatever the batch holds
-- (lib/server/events/append). Lists are JSON text or null; the runs are in the order of their ids, the shared rows
-- (counters, sums, the head of the feed) come last and in the order of their keys, so that no two batches wait for each other.
--
-- Nothing is written unless every run still stands where the plan began: WF001 says that one has moved on. WF002 says that a
-- charge reaches a threshold of its budget. In both cases the caller plans anew under locks.
--
-- Returns the place in the feed before this batch's first run.
CREATE OR REPLACE FUNCTION append_batch(p_project uuid, p_ids uuid[], p_before bigint[], p_last bigint[], p_runs text, p_events text, p_ephemeral text, p_answers text, p_charges text, p_buckets text, p_now bigint)
RETURNS bigint LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  written integer;
  crossed integer;
BEGIN
  UPDATE runs SET last_seq = t.q, status = t.u, name = t.n, agent = t.a, session_id = t.ss, started_at_ms = t.st, ended_at_ms = t.en,
    last_event_at_ms = t.la, tokens = t.tk, cost_nanos = t.co, duration_ms = t.du, stalls_at_ms = t.sa,
    -- An equal array is not the same bytes, and what counts as changed has the row entered into every index anew.
    models = CASE WHEN runs.models = t.mo THEN runs.models ELSE t.mo END,
    state = coalesce(t.state, runs.state)
  FROM json_to_recordset(p_runs::json) AS t(i uuid, b bigint, p int, q bigint, u text, n text, a text, ss text, st bigint, en bigint, la bigint,
    tk bigint, co bigint, du bigint, mo text[], sa bigint, state json)
  WHERE project_id = p_project AND id = t.i AND id = ANY(p_ids) AND last_seq = t.b AND pricing = t.p;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written < cardinality(p_ids) THEN
    RAISE EXCEPTION '% of % runs are not where the plan began', cardinality(p_ids) - written, cardinality(p_ids) USING ERRCODE = 'WF001';
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
    -- `g` is what was gained on the way and `l` the amounts that count as crossings: the same rule as crossingsOf in lib/core/budgets.
    WITH given AS MATERIALIZED (
      SELECT t.b, t.w, t.k, bounded_sum(t.s) AS s, bounded_sum(t.g) AS g, t.l FROM json_to_recordset(p_charges::json) AS t(b uuid, w bigint, k text, s numeric, g numeric, l bigint[])
    ), counted AS (
      INSERT INTO budget_counters AS c (project_id, budget_id, window_ms, key, spent)
      SELECT p_project, given.b, given.w, given.k, given.s FROM given ORDER BY given.b, given.w, given.k
      ON CONFLICT (project_id, budget_id, window_ms, key) DO UPDATE SET spent = bounded_sum(c.spent::numeric + excluded.spent)
      RETURNING budget_id, window_ms, key, spent
    )
    SELECT count(*) INTO crossed
    FROM counted JOIN given ON given.b = counted.budget_id AND given.w = counted.window_ms AND given.k = counted.key, unnest(given.l) AS reached
    WHERE counted.spent - given.s < reached AND counted.spent - given.s + given.g >= reached;
    IF crossed > 0 THEN
      RAISE EXCEPTION 'a budget is crossed' USING ERRCODE = 'WF002';
    END IF;
  END IF;

  IF p_buckets IS NOT NULL THEN
    PERFORM add_to_buckets(p_project, p_buckets);
  END IF;

  RETURN advance_feed(p_project, p_ids, p_before, p_last, p_now);
END
$$;
