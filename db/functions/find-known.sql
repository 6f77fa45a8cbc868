-- Which of these (run, key) pairs are in the log, with the text stored under each. A plan made when a day's partition had few rows
-- stays cached while it fills: of the ways to look up 1,000 keys in it, all but one then take seconds to minutes.
CREATE OR REPLACE FUNCTION find_known(p_project uuid, p_wanted text) RETURNS TABLE (run_id uuid, dedupe_key text, raw text)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_sort = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT t.r, e.dedupe_key, e.raw::text
  FROM json_to_recordset(p_wanted::json) AS t(r uuid, k text)
  CROSS JOIN LATERAL (
    -- With sorting disabled, this ORDER BY leaves only the index on the keys: the primary key would read all events of the run.
    -- BETWEEN, because ordering by a column that is compared with = is optimised away.
    (SELECT dedupe_key, raw FROM events
      WHERE project_id = p_project AND run_id = t.r AND dedupe_key BETWEEN t.k AND t.k ORDER BY dedupe_key LIMIT 1)
    UNION ALL
    (SELECT dedupe_key, raw FROM events_ephemeral
      WHERE project_id = p_project AND run_id = t.r AND dedupe_key BETWEEN t.k AND t.k ORDER BY dedupe_key LIMIT 1)
  ) AS e;
END
$$;
