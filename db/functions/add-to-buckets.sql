-- Adds to the sums per minute, hour and day, and to those by session. Each table's rows are locked in key order, and the tables in
-- a fixed order, the same for every batch.
--
-- A row of the JSON says in `p` where it is booked (1, 2, 4: by minute, hour and day; 8, 16, 32: the same by session), and no two
-- rows are booked in the same place (lib/server/events/append/usage-rows.ts), so nothing needs grouping, which was half of the
-- work. Zeros are omitted.
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
