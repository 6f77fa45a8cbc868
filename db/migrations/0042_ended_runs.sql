-- Most of it is read and sorted while others write. They wait from the first index on `runs` on, and read until the last lines.
CREATE TABLE "ended_runs" (
	"project_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"agent" text,
	"status" text NOT NULL,
	"cost_nanos" bigint NOT NULL,
	"tokens" bigint NOT NULL,
	"duration_ms" bigint,
	CONSTRAINT "ended_runs_project_id_run_id_pk" PRIMARY KEY("project_id","run_id")
);
--> statement-breakpoint
INSERT INTO ended_runs (project_id, run_id, source_id, agent, status, cost_nanos, tokens, duration_ms)
SELECT r.project_id, r.id, r.source_id, r.agent, r.status, greatest(r.cost_nanos, 0), greatest(r.tokens, 0), r.duration_ms FROM runs r WHERE r.kind = 'run' AND r.ended_at_ms IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "ended_runs_by_cost" ON "ended_runs" USING btree ("project_id","cost_nanos","run_id","status");
--> statement-breakpoint
CREATE INDEX "ended_runs_by_tokens" ON "ended_runs" USING btree ("project_id","tokens","run_id","status");
--> statement-breakpoint
CREATE INDEX "ended_runs_by_duration" ON "ended_runs" USING btree ("project_id","duration_ms","run_id","status");
--> statement-breakpoint
CREATE INDEX "ended_runs_of_agent_by_cost" ON "ended_runs" USING btree ("project_id","agent","cost_nanos","run_id","status");
--> statement-breakpoint
CREATE INDEX "ended_runs_of_agent_by_tokens" ON "ended_runs" USING btree ("project_id","agent","tokens","run_id","status");
--> statement-breakpoint
CREATE INDEX "ended_runs_of_agent_by_duration" ON "ended_runs" USING btree ("project_id","agent","duration_ms","run_id","status");
--> statement-breakpoint
CREATE INDEX "ended_runs_of_source_by_cost" ON "ended_runs" USING btree ("project_id","source_id","cost_nanos","run_id","status");
--> statement-breakpoint
CREATE INDEX "ended_runs_of_source_by_tokens" ON "ended_runs" USING btree ("project_id","source_id","tokens","run_id","status");
--> statement-breakpoint
CREATE INDEX "ended_runs_of_source_by_duration" ON "ended_runs" USING btree ("project_id","source_id","duration_ms","run_id","status");
--> statement-breakpoint
ANALYZE "ended_runs";
--> statement-breakpoint
CREATE INDEX "runs_open_by_cost" ON "runs" USING btree ("project_id","cost_grade","id","agent","source_id") WHERE kind = 'run' and ended_at_ms is null;
--> statement-breakpoint
CREATE INDEX "runs_open_by_tokens" ON "runs" USING btree ("project_id","tokens_grade","id","agent","source_id") WHERE kind = 'run' and ended_at_ms is null;
--> statement-breakpoint
CREATE INDEX "runs_open_by_start" ON "runs" USING btree ("project_id","started_at_ms","id","agent","source_id") WHERE kind = 'run' and ended_at_ms is null;
--> statement-breakpoint
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
--> statement-breakpoint
CREATE TRIGGER keep_ended_run AFTER UPDATE ON runs FOR EACH ROW
WHEN (NEW.kind = 'run' AND (NEW.ended_at_ms IS NOT NULL OR OLD.ended_at_ms IS NOT NULL)
  AND (NEW.ended_at_ms IS NULL, NEW.status, NEW.agent, NEW.cost_nanos, NEW.tokens, NEW.duration_ms)
    IS DISTINCT FROM (OLD.ended_at_ms IS NULL, OLD.status, OLD.agent, OLD.cost_nanos, OLD.tokens, OLD.duration_ms))
EXECUTE FUNCTION keep_ended_run();
--> statement-breakpoint
CREATE TRIGGER drop_ended_run AFTER DELETE ON runs FOR EACH ROW WHEN (OLD.kind = 'run' AND OLD.ended_at_ms IS NOT NULL)
EXECUTE FUNCTION keep_ended_run();
--> statement-breakpoint
-- What was written meanwhile.
DELETE FROM ended_runs e USING runs r WHERE r.id = e.run_id AND r.ended_at_ms IS NULL;
--> statement-breakpoint
INSERT INTO ended_runs AS old (project_id, run_id, source_id, agent, status, cost_nanos, tokens, duration_ms)
SELECT r.project_id, r.id, r.source_id, r.agent, r.status, greatest(r.cost_nanos, 0), greatest(r.tokens, 0), r.duration_ms FROM runs r LEFT JOIN ended_runs e ON e.run_id = r.id
WHERE r.kind = 'run' AND r.ended_at_ms IS NOT NULL
  AND (e.run_id IS NULL OR (r.agent, r.status, greatest(r.cost_nanos, 0), greatest(r.tokens, 0), r.duration_ms)
    IS DISTINCT FROM (e.agent, e.status, e.cost_nanos, e.tokens, e.duration_ms))
ON CONFLICT (project_id, run_id) DO UPDATE SET agent = excluded.agent, status = excluded.status, cost_nanos = excluded.cost_nanos,
  tokens = excluded.tokens, duration_ms = excluded.duration_ms;
--> statement-breakpoint
ALTER INDEX "runs_by_external" RENAME TO "runs_by_external_before";
--> statement-breakpoint
ALTER INDEX "runs_open" RENAME TO "runs_open_before";
--> statement-breakpoint
CREATE INDEX "runs_by_external" ON "runs" USING btree ("project_id","external_id" text_pattern_ops,"id","kind");
--> statement-breakpoint
CREATE INDEX "runs_open" ON "runs" USING btree ("project_id","id" DESC NULLS LAST,"started_at_ms") WHERE kind = 'run' and ended_at_ms is null;
--> statement-breakpoint
DROP INDEX "runs_by_cost";
--> statement-breakpoint
DROP INDEX "runs_by_tokens";
--> statement-breakpoint
DROP INDEX "runs_by_duration";
--> statement-breakpoint
DROP INDEX "runs_by_length";
--> statement-breakpoint
DROP INDEX "runs_by_external_before";
--> statement-breakpoint
DROP INDEX "runs_open_before";
