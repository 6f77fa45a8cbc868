-- Gives each of these runs a place in the feed, in their order, for its events after `before` up to `last`; returns the place
-- before the first.
CREATE OR REPLACE FUNCTION advance_feed(p_project uuid, p_ids uuid[], p_before bigint[], p_last bigint[], p_now bigint) RETURNS bigint LANGUAGE plpgsql AS $$
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
