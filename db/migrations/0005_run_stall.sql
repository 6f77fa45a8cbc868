DROP INDEX "runs_by_duration";--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "stalls_hour" integer GENERATED ALWAYS AS ((stalls_at_ms / 3600000)::int) STORED;--> statement-breakpoint
CREATE INDEX "runs_by_stall" ON "runs" USING btree ("project_id","stalls_hour","id" DESC NULLS LAST) WHERE kind = 'run' and stalls_hour is not null;--> statement-breakpoint
CREATE INDEX "runs_by_duration" ON "runs" USING btree ("project_id","duration_ms","started_at_ms") WHERE kind = 'run';