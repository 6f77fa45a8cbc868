-- Keeps `ended_runs` in step with the rows of runs: a run is in it from its end until it is restarted. A trigger, so that no writer
-- of a run's row can forget it; it does not fire for open runs (db/migrations).
CREATE OR REPLACE FUNCTION keep_ended_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.ended_at_ms IS NULL THEN
    DELETE FROM ended_runs WHERE project_id = OLD.project_id AND run_id = OLD.id;
  ELSE
    INSERT INTO ended_runs AS e (project_id, run_id, source_id, agent, status, cost_nanos, tokens, duration_ms)
    VALUES (NEW.project_id, NEW.id, NEW.source_id, NEW.agent, NEW.status, greatest(NEW.cost_nanos, 0), greatest(NEW.tokens, 0), NEW.duration_ms)
    ON CONFLICT (project_id, run_id) DO UPDATE SET agent = excluded.agent, status = excluded.status, cost_nanos = excluded.cost_nanos,
      tokens = excluded.tokens, duration_ms = excluded.duration_ms;
  END IF;
  RETURN NULL;
END
$$;
