ALTER TABLE "runs" ADD COLUMN "duration_ms" bigint;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "models" text[];--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "stalls_at_ms" bigint;--> statement-breakpoint
UPDATE "runs" SET
  duration_ms = coalesce(round((state->'lifecycle'->>'reportedDurationMs')::numeric)::bigint, greatest(0, ended_at_ms - started_at_ms)),
  models = (SELECT array_agg(model) FROM json_object_keys(state->'usage'->'byModel') AS model),
  stalls_at_ms = CASE WHEN status IN ('running', 'pausing', 'cancelling')
    THEN (state->'lifecycle'->>'lastReceivedAtMs')::bigint + greatest(300000, 3 * round((state->'lifecycle'->>'longestGapMs')::numeric)::bigint) END
WHERE state IS NOT NULL;--> statement-breakpoint
CREATE INDEX "runs_by_source" ON "runs" USING btree ("project_id","source_id","id" DESC NULLS LAST) WHERE kind = 'run';--> statement-breakpoint
CREATE INDEX "runs_by_agent" ON "runs" USING btree ("project_id","agent","id" DESC NULLS LAST) WHERE kind = 'run';--> statement-breakpoint
CREATE INDEX "runs_by_session" ON "runs" USING btree ("project_id","session_id","id" DESC NULLS LAST) WHERE kind = 'run' and session_id is not null;--> statement-breakpoint
CREATE INDEX "runs_by_tokens" ON "runs" USING btree ("project_id","tokens","id") WHERE kind = 'run' and tokens > 0;--> statement-breakpoint
CREATE INDEX "runs_by_duration" ON "runs" USING btree ("project_id","duration_ms","id") WHERE kind = 'run' and duration_ms is not null;--> statement-breakpoint
CREATE INDEX "runs_by_model" ON "runs" USING gin ("models");--> statement-breakpoint
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX "runs_by_name" ON "runs" USING gin ("name" gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
  RAISE NOTICE 'pg_trgm is not available: a search for a name reads every run';
END $$;
