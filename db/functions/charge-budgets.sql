-- Adds to the counts that budgets read, in key order, as every batch does. `tg` and `ng` are the peak gains, if they exceed the
-- sum. `tm` and `nm` are the marks, the smallest amounts at which a budget has something new to report (lib/server/budgets): WF002
-- says that one was reached.
CREATE OR REPLACE FUNCTION charge_budgets(p_project uuid, p_charges text) RETURNS void LANGUAGE plpgsql AS $$
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
  WHERE counted.tokens - given.t + coalesce(given.tg, given.t) >= given.tm OR counted.nanos - given.n + coalesce(given.ng, given.n) >= given.nm;
  IF reached > 0 THEN
    RAISE EXCEPTION 'a budget is crossed' USING ERRCODE = 'WF002';
  END IF;
END
$$;
