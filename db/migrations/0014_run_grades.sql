DROP INDEX "runs_by_cost";--> statement-breakpoint
DROP INDEX "runs_by_tokens";--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "cost_grade" integer GENERATED ALWAYS AS ((ln((greatest(cost_nanos, 0) + 1)::float8) * 4)::int) STORED;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "tokens_grade" integer GENERATED ALWAYS AS ((ln((greatest(tokens, 0) + 1)::float8) * 4)::int) STORED;--> statement-breakpoint
CREATE INDEX "runs_by_cost" ON "runs" USING btree ("project_id","cost_grade","id") WHERE kind = 'run' and cost_grade > 0;--> statement-breakpoint
CREATE INDEX "runs_by_tokens" ON "runs" USING btree ("project_id","tokens_grade","id") WHERE kind = 'run' and tokens_grade > 0;
--> statement-breakpoint
-- The state is kilobytes and written seldom: kept out of the row, it is not copied with every event. What else is in a row is smaller than that.
ALTER TABLE "runs" SET (toast_tuple_target = 1024);
--> statement-breakpoint
DROP FUNCTION append_batch(uuid, text, text, text, text, text, text, bigint);
--> statement-breakpoint
DROP FUNCTION advance_feed(uuid, text, bigint);
--> statement-breakpoint
-- Gives each of these runs a place in the feed, in their order, for its events after `before` up to `last`; returns the place
-- before the first.
CREATE FUNCTION advance_feed(p_project uuid, p_ids uuid[], p_before bigint[], p_last bigint[], p_now bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  n integer := cardinality(p_ids);
  head bigint;
BEGIN
  UPDATE feed_heads SET seq = seq + n WHERE project_id = p_project RETURNING seq - n INTO head;
  INSERT INTO feed (project_id, feed_seq, run_id, first_seq, last_seq, at_ms)
  SELECT p_project, head + t.n, t.i, t.b + 1, t.q, p_now FROM unnest(p_ids, p_before, p_last) WITH ORDINALITY AS t(i, b, q, n);
  RETURN head;
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
CREATE FUNCTION append_batch(p_project uuid, p_ids uuid[], p_before bigint[], p_last bigint[], p_runs text, p_events text, p_ephemeral text, p_answers text, p_charges text, p_buckets text, p_now bigint)
RETURNS bigint LANGUAGE plpgsql AS $$
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
      SELECT t.* FROM json_to_recordset(p_charges::json) AS t(b uuid, w bigint, k text, s bigint, g bigint, l bigint[])
    ), counted AS (
      INSERT INTO budget_counters AS c (project_id, budget_id, window_ms, key, spent)
      SELECT p_project, given.b, given.w, given.k, given.s FROM given ORDER BY given.b, given.w, given.k
      ON CONFLICT (project_id, budget_id, window_ms, key) DO UPDATE SET spent = c.spent + excluded.spent
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
