CREATE TABLE "usage_first_days" (
	"project_id" uuid NOT NULL,
	"session" text NOT NULL,
	"day" timestamp with time zone NOT NULL,
	"doubted" boolean DEFAULT false NOT NULL,
	CONSTRAINT "usage_first_days_project_id_session_pk" PRIMARY KEY("project_id","session")
);
--> statement-breakpoint
ALTER TABLE "usage_sessions" ADD COLUMN "alone" boolean;--> statement-breakpoint
CREATE INDEX "usage_first_days_doubted" ON "usage_first_days" USING btree ("project_id","session") WHERE "usage_first_days"."doubted";--> statement-breakpoint
CREATE INDEX "usage_sessions_several_days" ON "usage_sessions" USING btree ("project_id","start") WHERE "usage_sessions"."grain" = 'day' and "usage_sessions"."alone" is not true;
--> statement-breakpoint
-- `bounded_sum` of two numbers that are within its bounds themselves, as all that is stored is: they cannot leave bigint, which adds them in
-- a tenth of the time that numeric takes.
CREATE FUNCTION bounded_plus(p_a bigint, p_b bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT least(greatest(p_a + p_b, -9007199254740991), 9007199254740991)
$$;
--> statement-breakpoint
UPDATE usage_buckets SET tokens = bounded_sum(tokens), input = bounded_sum(input), output = bounded_sum(output), cached_read = bounded_sum(cached_read), cached_write = bounded_sum(cached_write), reasoning = bounded_sum(reasoning), reported_nanos = bounded_sum(reported_nanos), estimated_nanos = bounded_sum(estimated_nanos), unpriced = bounded_sum(unpriced)
WHERE greatest(tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced) > 9007199254740991 OR least(tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced) < -9007199254740991;
--> statement-breakpoint
UPDATE usage_rollups SET tokens = bounded_sum(tokens), input = bounded_sum(input), output = bounded_sum(output), cached_read = bounded_sum(cached_read), cached_write = bounded_sum(cached_write), reasoning = bounded_sum(reasoning), reported_nanos = bounded_sum(reported_nanos), estimated_nanos = bounded_sum(estimated_nanos), unpriced = bounded_sum(unpriced)
WHERE greatest(tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced) > 9007199254740991 OR least(tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced) < -9007199254740991;
--> statement-breakpoint
UPDATE usage_sessions SET tokens = bounded_sum(tokens), input = bounded_sum(input), output = bounded_sum(output), cached_read = bounded_sum(cached_read), cached_write = bounded_sum(cached_write), reasoning = bounded_sum(reasoning), reported_nanos = bounded_sum(reported_nanos), estimated_nanos = bounded_sum(estimated_nanos), unpriced = bounded_sum(unpriced)
WHERE greatest(tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced) > 9007199254740991 OR least(tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced) < -9007199254740991;
--> statement-breakpoint
INSERT INTO usage_first_days (project_id, session, day)
SELECT project_id, session, min(start) FROM usage_sessions WHERE grain = 'day' AND session <> '' GROUP BY 1, 2;
--> statement-breakpoint
UPDATE usage_sessions u SET alone = d.days = 1
FROM (SELECT project_id, session, count(*) AS days FROM usage_sessions WHERE grain = 'day' AND session <> '' GROUP BY 1, 2) d
WHERE u.project_id = d.project_id AND u.grain = 'day' AND u.session = d.session;
--> statement-breakpoint
-- Tells of sessions that have a new day whether it is their only one. Called with the days' rows written and locked, and before the feed's
-- head: the first days are locked after all sums, in the order of their keys. Of two transactions that bring two days of a session
-- the second waits here for the first and sees its day.
--
-- The first day's own row is out of the order of locks. Where somebody is writing it, it is not waited for: it is doubted instead.
--
-- A session at a time, by whole keys: a plan for all at once, made while the tables were empty, would be kept and read all days.
CREATE FUNCTION note_days(p_project uuid, p_days timestamptz[], p_sessions text[]) RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  given record;
  first_day timestamptz;
BEGIN
  FOR given IN SELECT t.day, t.session FROM unnest(p_days, p_sessions) AS t(day, session) ORDER BY t.session, t.day LOOP
    INSERT INTO usage_first_days (project_id, session, day) VALUES (p_project, given.session, given.day) ON CONFLICT (project_id, session) DO NOTHING;
    SELECT f.day INTO first_day FROM usage_first_days f WHERE f.project_id = p_project AND f.session = given.session;
    UPDATE usage_sessions SET alone = first_day = given.day
    WHERE project_id = p_project AND grain = 'day' AND start = given.day AND session = given.session;
    CONTINUE WHEN first_day = given.day;

    PERFORM FROM usage_sessions
    WHERE project_id = p_project AND grain = 'day' AND start = first_day AND session = given.session AND alone FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
      UPDATE usage_sessions SET alone = false WHERE project_id = p_project AND grain = 'day' AND start = first_day AND session = given.session;
    ELSIF EXISTS (SELECT FROM usage_sessions WHERE project_id = p_project AND grain = 'day' AND start = first_day AND session = given.session AND alone) THEN
      UPDATE usage_first_days SET doubted = true WHERE project_id = p_project AND session = given.session AND NOT doubted;
    END IF;
  END LOOP;
END
$$;
--> statement-breakpoint
DROP FUNCTION add_to_sessions(uuid, text);
--> statement-breakpoint
-- Adds to the sums per minute, hour and day, and to those by session. Each table's rows are locked in the order of their keys and the
-- tables in an order of their own, the same for every batch.
--
-- A row of the JSON says in `p` where it is booked (1, 2, 4: by minute, hour and day; 8, 16, 32: the same by session), and no two are
-- booked in the same place (lib/server/events/append/usage-rows.ts): there is nothing to group, which was half of the work. What is
-- zero is left out.
CREATE OR REPLACE FUNCTION add_to_buckets(p_project uuid, p_buckets text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  days timestamptz[];
  sessions text[];
BEGIN
  WITH t AS MATERIALIZED (
    SELECT coalesce(t.p, 63) AS p, t.m, t.s, t.a, t.o, coalesce(t.ss, '') AS ss, coalesce(t.n, 0) AS n, coalesce(t.tk, 0) AS tk, coalesce(t.i, 0) AS i, coalesce(t.u, 0) AS u, coalesce(t.cr, 0) AS cr, coalesce(t.cw, 0) AS cw, coalesce(t.re, 0) AS re, coalesce(t.rn, 0) AS rn, coalesce(t.en, 0) AS en, coalesce(t.up, 0) AS up
    FROM json_to_recordset(p_buckets::json) AS t(p int, m bigint, s uuid, a text, o text, ss text, n int, tk bigint, i bigint, u bigint, cr bigint, cw bigint, re bigint, rn bigint, en bigint, up bigint)
  ), minutes AS (
    INSERT INTO usage_buckets AS b (project_id, minute, source_id, agent, model, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
    SELECT p_project, to_timestamp(t.m), t.s, t.a, t.o, t.n, t.tk, t.i, t.u, t.cr, t.cw, t.re, t.rn, t.en, t.up
    FROM t WHERE t.p & 1 <> 0 ORDER BY t.m, t.s, t.a, t.o
    ON CONFLICT (project_id, minute, source_id, agent, model) DO UPDATE SET events = b.events + excluded.events, tokens = bounded_plus(b.tokens, excluded.tokens), input = bounded_plus(b.input, excluded.input), output = bounded_plus(b.output, excluded.output), cached_read = bounded_plus(b.cached_read, excluded.cached_read), cached_write = bounded_plus(b.cached_write, excluded.cached_write), reasoning = bounded_plus(b.reasoning, excluded.reasoning), reported_nanos = bounded_plus(b.reported_nanos, excluded.reported_nanos), estimated_nanos = bounded_plus(b.estimated_nanos, excluded.estimated_nanos), unpriced = bounded_plus(b.unpriced, excluded.unpriced)
  ), rollups AS (
    INSERT INTO usage_rollups AS b (project_id, grain, start, source_id, agent, model, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
    SELECT p_project, g.grain, to_timestamp(t.m / g.seconds * g.seconds), t.s, t.a, t.o, t.n, t.tk, t.i, t.u, t.cr, t.cw, t.re, t.rn, t.en, t.up
    FROM t, (VALUES ('day', 86400, 4), ('hour', 3600, 2)) AS g(grain, seconds, place) WHERE t.p & g.place <> 0 ORDER BY 2, 3, 4, 5, 6
    ON CONFLICT (project_id, grain, start, source_id, agent, model) DO UPDATE SET events = b.events + excluded.events, tokens = bounded_plus(b.tokens, excluded.tokens), input = bounded_plus(b.input, excluded.input), output = bounded_plus(b.output, excluded.output), cached_read = bounded_plus(b.cached_read, excluded.cached_read), cached_write = bounded_plus(b.cached_write, excluded.cached_write), reasoning = bounded_plus(b.reasoning, excluded.reasoning), reported_nanos = bounded_plus(b.reported_nanos, excluded.reported_nanos), estimated_nanos = bounded_plus(b.estimated_nanos, excluded.estimated_nanos), unpriced = bounded_plus(b.unpriced, excluded.unpriced)
  ), by_session AS (
    INSERT INTO usage_sessions AS b (project_id, grain, start, session, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
    SELECT p_project, g.grain, to_timestamp(t.m / g.seconds * g.seconds), t.ss, t.n, t.tk, t.i, t.u, t.cr, t.cw, t.re, t.rn, t.en, t.up
    FROM t, (VALUES ('minute', 60, 8), ('hour', 3600, 16), ('day', 86400, 32)) AS g(grain, seconds, place) WHERE t.p & g.place <> 0 ORDER BY 2, 3, 4
    ON CONFLICT (project_id, grain, start, session) DO UPDATE SET events = b.events + excluded.events, tokens = bounded_plus(b.tokens, excluded.tokens), input = bounded_plus(b.input, excluded.input), output = bounded_plus(b.output, excluded.output), cached_read = bounded_plus(b.cached_read, excluded.cached_read), cached_write = bounded_plus(b.cached_write, excluded.cached_write), reasoning = bounded_plus(b.reasoning, excluded.reasoning), reported_nanos = bounded_plus(b.reported_nanos, excluded.reported_nanos), estimated_nanos = bounded_plus(b.estimated_nanos, excluded.estimated_nanos), unpriced = bounded_plus(b.unpriced, excluded.unpriced)
    RETURNING b.grain, b.start, b.session, b.alone
  )
  SELECT array_agg(n.start), array_agg(n.session) INTO days, sessions FROM by_session n WHERE n.grain = 'day' AND n.alone IS NULL AND n.session <> '';
  IF sessions IS NOT NULL THEN
    PERFORM note_days(p_project, days, sessions);
  END IF;
END
$$;
