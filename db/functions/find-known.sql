-- Which of these (run, key) pairs the log holds, with the text stored under each. A plan that was made when a day's partition had few
-- rows is kept while it fills: of the ways to look up 1,000 keys in it, all but one then take seconds to minutes.
CREATE OR REPLACE FUNCTION find_known(p_project uuid, p_wanted text) RETURNS TABLE (run_id uuid, dedupe_key text, raw text)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_sort = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT t.r, e.dedupe_key, e.raw::text
  FROM json_to_recordset(p_wanted::json) AS t(r uuid, k text)
  CROSS JOIN LATERAL (
    -- An order for which no sort is allowed leaves the index of the keys alone: the primary key has all events of the run. BETWEEN, as the
    -- order of what is equal is none.
    (SELECT dedupe_key, raw FROM events
      WHERE project_id = p_project AND run_id = t.r AND dedupe_key BETWEEN t.k AND t.k ORDER BY dedupe_key LIMIT 1)
    UNION ALL
    (SELECT dedupe_key, raw FROM events_ephemeral
      WHERE project_id = p_project AND run_id = t.r AND dedupe_key BETWEEN t.k AND t.k ORDER BY dedupe_key LIMIT 1)
  ) AS e;
END
$$;
