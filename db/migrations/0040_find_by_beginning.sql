DROP INDEX "runs_by_external";--> statement-breakpoint
CREATE INDEX "runs_by_external" ON "runs" USING btree ("project_id","external_id" text_pattern_ops);