CREATE TABLE "budget_baselines" (
	"project_id" uuid NOT NULL,
	"window_ms" bigint NOT NULL,
	"key" text NOT NULL,
	"budget_id" uuid NOT NULL,
	"counted" numeric(38, 0) NOT NULL,
	CONSTRAINT "budget_baselines_project_id_window_ms_key_budget_id_pk" PRIMARY KEY("project_id","window_ms","key","budget_id")
);
--> statement-breakpoint
CREATE TABLE "budget_counts" (
	"project_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"window" text NOT NULL,
	"window_ms" bigint NOT NULL,
	"key" text NOT NULL,
	"tokens" numeric(38, 0) NOT NULL,
	"nanos" numeric(38, 0) NOT NULL,
	CONSTRAINT "budget_counts_project_id_scope_window_window_ms_key_pk" PRIMARY KEY("project_id","scope","window","window_ms","key")
);
--> statement-breakpoint
-- What each budget counted becomes what its count holds, less what the count held before it.
INSERT INTO budget_counts (project_id, scope, "window", window_ms, key, tokens, nanos)
SELECT c.project_id, b.scope, b."window", c.window_ms, c.key,
  coalesce(max(c.spent) FILTER (WHERE b.unit = 'tokens'), 0), coalesce(max(c.spent) FILTER (WHERE b.unit <> 'tokens'), 0)
FROM budget_counters c JOIN budgets b ON b.project_id = c.project_id AND b.id = c.budget_id
GROUP BY 1, 2, 3, 4, 5;
--> statement-breakpoint
INSERT INTO budget_baselines (project_id, window_ms, key, budget_id, counted)
SELECT b.project_id, n.window_ms, n.key, b.id, held.amount - coalesce(c.spent, 0)
FROM budgets b
JOIN budget_counts n ON n.project_id = b.project_id AND n.scope = b.scope AND n."window" = b."window" AND (b.target IS NULL OR b.target = n.key)
CROSS JOIN LATERAL (SELECT CASE b.unit WHEN 'tokens' THEN n.tokens ELSE n.nanos END AS amount) held
LEFT JOIN budget_counters c ON c.project_id = b.project_id AND c.budget_id = b.id AND c.window_ms = n.window_ms AND c.key = n.key
WHERE held.amount <> coalesce(c.spent, 0);
--> statement-breakpoint
DROP TABLE "budget_counters" CASCADE;
--> statement-breakpoint
-- Adds to the counts that budgets look at, in the order of their keys, as every batch does. `tg` and `ng` are what was gained on the
-- way, `tm` and `nm` the marks, the least amounts at which a budget has something new to tell (lib/server/budgets): WF002 says that
-- one is reached.
CREATE FUNCTION charge_budgets(p_project uuid, p_charges text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  reached integer;
BEGIN
  WITH given AS MATERIALIZED (
    SELECT * FROM json_to_recordset(p_charges::json)
      AS t(o text, d text, w bigint, k text, t numeric, n numeric, tg numeric, ng numeric, tm numeric, nm numeric)
  ), counted AS (
    INSERT INTO budget_counts AS c (project_id, scope, "window", window_ms, key, tokens, nanos)
    SELECT p_project, given.o, given.d, given.w, given.k, given.t, given.n FROM given ORDER BY given.o, given.d, given.w, given.k
    ON CONFLICT (project_id, scope, "window", window_ms, key) DO UPDATE SET tokens = c.tokens + excluded.tokens, nanos = c.nanos + excluded.nanos
    RETURNING scope, "window", window_ms, key, tokens, nanos
  )
  SELECT count(*) INTO reached
  FROM counted JOIN given ON given.o = counted.scope AND given.d = counted."window" AND given.w = counted.window_ms AND given.k = counted.key
  WHERE counted.tokens - given.t + given.tg >= given.tm OR counted.nanos - given.n + given.ng >= given.nm;
  IF reached > 0 THEN
    RAISE EXCEPTION 'a budget is crossed' USING ERRCODE = 'WF002';
  END IF;
END
$$;
--> statement-breakpoint
-- Writes one planned batch of the log: one statement, one message to the database, whatever the batch holds
-- (lib/server/events/append). Lists are JSON text or null; the runs are in the order of their ids, the shared rows
-- (counters, sums, the head of the feed) come last and in the order of their keys, so that no two batches wait for each other.
--
-- Nothing is written unless every run still stands where the plan began: WF001 says that one has moved on. WF002 says that a
-- charge reaches what a budget has to tell of. In both cases the caller plans anew under locks.
--
-- Returns the place in the feed before this batch's first run.
CREATE OR REPLACE FUNCTION append_batch(p_project uuid, p_ids uuid[], p_before bigint[], p_last bigint[], p_runs text, p_events text, p_ephemeral text, p_answers text, p_charges text, p_buckets text, p_now bigint)
RETURNS bigint LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  written integer;
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
    PERFORM charge_budgets(p_project, p_charges);
  END IF;

  IF p_buckets IS NOT NULL THEN
    PERFORM add_to_buckets(p_project, p_buckets);
  END IF;

  RETURN advance_feed(p_project, p_ids, p_before, p_last, p_now);
END
$$;
