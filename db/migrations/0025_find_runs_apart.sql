CREATE TABLE "run_models" (
	"project_id" uuid NOT NULL,
	"model" text NOT NULL,
	"run_id" uuid NOT NULL,
	CONSTRAINT "run_models_project_id_model_run_id_pk" PRIMARY KEY("project_id","model","run_id")
);
--> statement-breakpoint
CREATE TABLE "run_names" (
	"project_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "run_names_project_id_run_id_pk" PRIMARY KEY("project_id","run_id")
);
--> statement-breakpoint
DROP INDEX "runs_by_model";--> statement-breakpoint
ALTER TABLE "runs" drop column "cost_grade";--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "cost_grade" integer GENERATED ALWAYS AS (floor(ln((greatest(cost_nanos, 0) + 1)::float8) / ln(2::float8))::int) STORED;--> statement-breakpoint
ALTER TABLE "runs" drop column "tokens_grade";--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "tokens_grade" integer GENERATED ALWAYS AS (floor(ln((greatest(tokens, 0) + 1)::float8) / ln(2::float8))::int) STORED;
--> statement-breakpoint
CREATE INDEX "runs_by_cost" ON "runs" USING btree ("project_id","cost_grade","id") WHERE kind = 'run' and cost_grade > 0;--> statement-breakpoint
CREATE INDEX "runs_by_tokens" ON "runs" USING btree ("project_id","tokens_grade","id") WHERE kind = 'run' and tokens_grade > 0;--> statement-breakpoint
INSERT INTO run_models (project_id, model, run_id) SELECT DISTINCT project_id, model, id FROM runs, unnest(models) AS model;--> statement-breakpoint
INSERT INTO run_names (project_id, run_id, name) SELECT project_id, id, name FROM runs WHERE name IS NOT NULL;--> statement-breakpoint
-- Entered at once: what a batch leaves in a list, another waits 30 ms to enter.
DO $$ BEGIN
  CREATE INDEX "run_names_by_part" ON "run_names" USING gin ("name" gin_trgm_ops) WITH (fastupdate = off);
EXCEPTION WHEN undefined_object THEN
  RAISE NOTICE 'pg_trgm is not available: a search for a name reads every run';
END $$;
--> statement-breakpoint
DROP INDEX IF EXISTS "runs_by_name";
--> statement-breakpoint
DROP FUNCTION append_batch(uuid, uuid[], bigint[], bigint[], text, text, text, text, text, text, bigint);
--> statement-breakpoint
-- Writes the rows of runs; WF001 when one of them is not where the plan began. A plan that was made while the table was empty is kept
-- for long after, and read every run of the project with each batch: the settings, and the fence (`OFFSET 0`) around the records, leave
-- no way but from each record to its run by the key.
CREATE FUNCTION advance_runs(p_project uuid, p_ids uuid[], p_runs text) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  written integer;
BEGIN
  UPDATE runs SET last_seq = t.q, status = t.u, name = t.n, agent = t.a, session_id = t.ss, started_at_ms = t.st, ended_at_ms = t.en,
    last_event_at_ms = t.la, tokens = t.tk, cost_nanos = t.co, duration_ms = t.du, stalls_at_ms = t.sa,
    models = t.mo, state = coalesce(t.state, runs.state)
  FROM (
    SELECT p_project AS project, r.* FROM json_to_recordset(p_runs::json) AS r(i uuid, b bigint, p int, q bigint, u text, n text, a text,
      ss text, st bigint, en bigint, la bigint, tk bigint, co bigint, du bigint, mo text[], sa bigint, state json) OFFSET 0
  ) t
  WHERE project_id = t.project AND id = t.i AND last_seq = t.b AND pricing = t.p;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written < cardinality(p_ids) THEN
    RAISE EXCEPTION '% of % runs are not where the plan began', cardinality(p_ids) - written, cardinality(p_ids) USING ERRCODE = 'WF001';
  END IF;
END
$$;
--> statement-breakpoint
-- Writes one planned batch of the log: one statement, one message to the database, whatever the batch holds
-- (lib/server/events/append). Lists are JSON text or null; `p_found` has the runs whose
-- name or models are new; the runs are in the order of their ids, the shared rows
-- (counters, sums, the head of the feed) come last and in the order of their keys, so that no two batches wait for each other.
--
-- Nothing is written unless every run still stands where the plan began: WF001 says that one has moved on. WF002 says that a
-- charge reaches what a budget has to tell of. In both cases the caller plans anew under locks.
--
-- Returns the place in the feed before this batch's first run.
CREATE FUNCTION append_batch(p_project uuid, p_ids uuid[], p_before bigint[], p_last bigint[], p_runs text, p_found text, p_events text, p_ephemeral text, p_answers text, p_charges text, p_buckets text, p_now bigint)
RETURNS bigint LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
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
