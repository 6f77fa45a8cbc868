CREATE TABLE "usage_sessions" (
	"project_id" uuid NOT NULL,
	"grain" text NOT NULL,
	"start" timestamp with time zone NOT NULL,
	"session" text NOT NULL,
	"events" integer NOT NULL,
	"tokens" bigint NOT NULL,
	"input" bigint NOT NULL,
	"output" bigint NOT NULL,
	"cached_read" bigint NOT NULL,
	"cached_write" bigint NOT NULL,
	"reasoning" bigint NOT NULL,
	"reported_nanos" bigint NOT NULL,
	"estimated_nanos" bigint NOT NULL,
	"unpriced" bigint NOT NULL,
	CONSTRAINT "usage_sessions_project_id_grain_start_session_pk" PRIMARY KEY("project_id","grain","start","session")
);
--> statement-breakpoint
ALTER TABLE "budget_crossings" ADD COLUMN "acted_at_ms" bigint;--> statement-breakpoint
ALTER TABLE "budget_crossings" ADD COLUMN "asked" integer;--> statement-breakpoint
ALTER TABLE "budget_crossings" ADD COLUMN "refused" integer;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "action" text DEFAULT 'notify' NOT NULL;--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "action_at" smallint DEFAULT 100 NOT NULL;
--> statement-breakpoint
-- Adds to the sums by session, in the order of their keys, as every batch does: one statement for all three grains.
CREATE FUNCTION add_to_sessions(p_project uuid, p_buckets text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_sessions AS b (project_id, grain, start, session, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
  SELECT p_project, g.grain, to_timestamp(t.m / g.seconds * g.seconds), t.ss, sum(t.n), sum(t.tk), sum(t.i), sum(t.u), sum(t.cr), sum(t.cw), sum(t.re), sum(t.rn), sum(t.en), sum(t.up)
  FROM json_to_recordset(p_buckets::json) AS t(m bigint, ss text, n int, tk bigint, i bigint, u bigint, cr bigint, cw bigint, re bigint, rn bigint, en bigint, up bigint),
    (VALUES ('minute', 60), ('hour', 3600), ('day', 86400)) AS g(grain, seconds)
  WHERE t.ss IS NOT NULL
  GROUP BY 2, 3, 4 ORDER BY 2, 3, 4
  ON CONFLICT (project_id, grain, start, session) DO UPDATE SET events = b.events + excluded.events, tokens = b.tokens + excluded.tokens, input = b.input + excluded.input, output = b.output + excluded.output, cached_read = b.cached_read + excluded.cached_read, cached_write = b.cached_write + excluded.cached_write, reasoning = b.reasoning + excluded.reasoning, reported_nanos = b.reported_nanos + excluded.reported_nanos, estimated_nanos = b.estimated_nanos + excluded.estimated_nanos, unpriced = b.unpriced + excluded.unpriced;
END
$$;
--> statement-breakpoint
-- Adds to the sums per minute, hour and day, in the order of their keys, as every batch does; where sessions are named, to theirs too.
CREATE OR REPLACE FUNCTION add_to_buckets(p_project uuid, p_buckets text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_buckets AS b (project_id, minute, source_id, agent, model, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
  SELECT p_project, to_timestamp(t.m), t.s, t.a, t.o, sum(t.n), sum(t.tk), sum(t.i), sum(t.u), sum(t.cr), sum(t.cw), sum(t.re), sum(t.rn), sum(t.en), sum(t.up)
  FROM json_to_recordset(p_buckets::json) AS t(m bigint, s uuid, a text, o text, n int, tk bigint, i bigint, u bigint, cr bigint, cw bigint, re bigint, rn bigint, en bigint, up bigint)
  GROUP BY t.m, t.s, t.a, t.o ORDER BY t.m, t.s, t.a, t.o
  ON CONFLICT (project_id, minute, source_id, agent, model) DO UPDATE SET
    events = b.events + excluded.events, tokens = b.tokens + excluded.tokens, input = b.input + excluded.input, output = b.output + excluded.output,
    cached_read = b.cached_read + excluded.cached_read, cached_write = b.cached_write + excluded.cached_write, reasoning = b.reasoning + excluded.reasoning,
    reported_nanos = b.reported_nanos + excluded.reported_nanos, estimated_nanos = b.estimated_nanos + excluded.estimated_nanos, unpriced = b.unpriced + excluded.unpriced;
  INSERT INTO usage_rollups AS b (project_id, grain, start, source_id, agent, model, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
  SELECT p_project, g.grain, to_timestamp(t.m / g.seconds * g.seconds), t.s, t.a, t.o, sum(t.n), sum(t.tk), sum(t.i), sum(t.u), sum(t.cr), sum(t.cw), sum(t.re), sum(t.rn), sum(t.en), sum(t.up)
  FROM json_to_recordset(p_buckets::json) AS t(m bigint, s uuid, a text, o text, n int, tk bigint, i bigint, u bigint, cr bigint, cw bigint, re bigint, rn bigint, en bigint, up bigint),
    (VALUES ('day', 86400), ('hour', 3600)) AS g(grain, seconds)
  GROUP BY 2, 3, 4, 5, 6 ORDER BY 2, 3, 4, 5, 6
  ON CONFLICT (project_id, grain, start, source_id, agent, model) DO UPDATE SET
    events = b.events + excluded.events, tokens = b.tokens + excluded.tokens, input = b.input + excluded.input, output = b.output + excluded.output,
    cached_read = b.cached_read + excluded.cached_read, cached_write = b.cached_write + excluded.cached_write, reasoning = b.reasoning + excluded.reasoning,
    reported_nanos = b.reported_nanos + excluded.reported_nanos, estimated_nanos = b.estimated_nanos + excluded.estimated_nanos, unpriced = b.unpriced + excluded.unpriced;
  IF p_buckets LIKE '%"ss":%' THEN
    PERFORM add_to_sessions(p_project, p_buckets);
  END IF;
END
$$;
