-- Records for sessions with a new day whether it is their only one. Called after the days' rows are written and locked, and before
-- the feed's head: the first days are locked after all sums, in key order. Of two transactions that add two days of one session,
-- the second waits here for the first and sees its day.
--
-- The first day's own row is out of lock order. If another transaction is writing it, we do not wait but mark it as doubted.
--
-- One session at a time, by full keys: a plan for all at once, made while the tables were empty, would be cached and would scan all
-- days.
CREATE OR REPLACE FUNCTION note_days(p_project uuid, p_days timestamptz[], p_sessions text[]) RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
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
