-- Which of these (run, key) pairs the log holds, with the text stored under each. Sequential scans are off because a plan that was
-- made when a day's partition was all but empty is kept while it fills: 1,000 keys took a second to look up.
CREATE OR REPLACE FUNCTION find_known(p_project uuid, p_wanted text) RETURNS TABLE (run_id uuid, dedupe_key text, raw text)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT t.r, e.dedupe_key, e.raw::text
  FROM json_to_recordset(p_wanted::json) AS t(r uuid, k text)
  CROSS JOIN LATERAL (
    SELECT dedupe_key, raw FROM events WHERE project_id = p_project AND run_id = t.r AND dedupe_key = t.k
    UNION ALL
    SELECT dedupe_key, raw FROM events_ephemeral WHERE project_id = p_project AND run_id = t.r AND dedupe_key = t.k
  ) AS e;
END
$$;
