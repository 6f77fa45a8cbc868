-- What belongs to no session gets a row of its own in the sums by session, under the empty name: they are then the whole of what
-- was used, and a page of sessions needs no other table.
CREATE OR REPLACE FUNCTION add_to_sessions(p_project uuid, p_buckets text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_sessions AS b (project_id, grain, start, session, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
  SELECT p_project, g.grain, to_timestamp(t.m / g.seconds * g.seconds), coalesce(t.ss, ''), sum(t.n), sum(t.tk), sum(t.i), sum(t.u), sum(t.cr), sum(t.cw), sum(t.re), sum(t.rn), sum(t.en), sum(t.up)
  FROM json_to_recordset(p_buckets::json) AS t(m bigint, ss text, n int, tk bigint, i bigint, u bigint, cr bigint, cw bigint, re bigint, rn bigint, en bigint, up bigint),
    (VALUES ('minute', 60), ('hour', 3600), ('day', 86400)) AS g(grain, seconds)
  GROUP BY 2, 3, 4 ORDER BY 2, 3, 4
  ON CONFLICT (project_id, grain, start, session) DO UPDATE SET events = b.events + excluded.events, tokens = b.tokens + excluded.tokens, input = b.input + excluded.input, output = b.output + excluded.output, cached_read = b.cached_read + excluded.cached_read, cached_write = b.cached_write + excluded.cached_write, reasoning = b.reasoning + excluded.reasoning, reported_nanos = b.reported_nanos + excluded.reported_nanos, estimated_nanos = b.estimated_nanos + excluded.estimated_nanos, unpriced = b.unpriced + excluded.unpriced;
END
$$;
--> statement-breakpoint
-- Adds to the sums per minute, hour and day, in the order of their keys, as every batch does, and to those by session.
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
  PERFORM add_to_sessions(p_project, p_buckets);
END
$$;
--> statement-breakpoint
INSERT INTO usage_sessions (project_id, grain, start, session, events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced)
SELECT u.project_id, u.grain, u.start, '', u.events - coalesce(s.events, 0), u.tokens - coalesce(s.tokens, 0), u.input - coalesce(s.input, 0), u.output - coalesce(s.output, 0), u.cached_read - coalesce(s.cached_read, 0), u.cached_write - coalesce(s.cached_write, 0), u.reasoning - coalesce(s.reasoning, 0), u.reported_nanos - coalesce(s.reported_nanos, 0), u.estimated_nanos - coalesce(s.estimated_nanos, 0), u.unpriced - coalesce(s.unpriced, 0)
FROM (
  SELECT project_id, 'minute' AS grain, minute AS start, sum(events) AS events, sum(tokens) AS tokens, sum(input) AS input, sum(output) AS output, sum(cached_read) AS cached_read, sum(cached_write) AS cached_write, sum(reasoning) AS reasoning, sum(reported_nanos) AS reported_nanos, sum(estimated_nanos) AS estimated_nanos, sum(unpriced) AS unpriced FROM usage_buckets GROUP BY 1, 2, 3
  UNION ALL SELECT project_id, grain, start, sum(events) AS events, sum(tokens) AS tokens, sum(input) AS input, sum(output) AS output, sum(cached_read) AS cached_read, sum(cached_write) AS cached_write, sum(reasoning) AS reasoning, sum(reported_nanos) AS reported_nanos, sum(estimated_nanos) AS estimated_nanos, sum(unpriced) AS unpriced FROM usage_rollups GROUP BY 1, 2, 3
) u
LEFT JOIN (SELECT project_id, grain, start, sum(events) AS events, sum(tokens) AS tokens, sum(input) AS input, sum(output) AS output, sum(cached_read) AS cached_read, sum(cached_write) AS cached_write, sum(reasoning) AS reasoning, sum(reported_nanos) AS reported_nanos, sum(estimated_nanos) AS estimated_nanos, sum(unpriced) AS unpriced FROM usage_sessions GROUP BY 1, 2, 3) s
  ON s.project_id = u.project_id AND s.grain = u.grain AND s.start = u.start
WHERE (u.events, u.tokens, u.input, u.output, u.cached_read, u.cached_write, u.reasoning, u.reported_nanos, u.estimated_nanos, u.unpriced) IS DISTINCT FROM (coalesce(s.events, 0), coalesce(s.tokens, 0), coalesce(s.input, 0), coalesce(s.output, 0), coalesce(s.cached_read, 0), coalesce(s.cached_write, 0), coalesce(s.reasoning, 0), coalesce(s.reported_nanos, 0), coalesce(s.estimated_nanos, 0), coalesce(s.unpriced, 0));
