-- Tells of sessions that have a new day whether it is their only one. Called with the days' rows written and locked, and before the feed's
-- head: the first days are locked after all sums, in the order of their keys. Of two transactions that bring two days of a session
-- the second waits here for the first and sees its day.
--
-- The first day's own row is out of the order of locks. Where somebody is writing it, it is not waited for: it is doubted instead.
--
-- A session at a time, by whole keys: a plan for all at once, made while the tables were empty, would be kept and read all days.
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
