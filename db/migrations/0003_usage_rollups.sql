CREATE TABLE "usage_rollups" (
	"project_id" uuid NOT NULL,
	"grain" text NOT NULL,
	"start" timestamp with time zone NOT NULL,
	"source_id" uuid NOT NULL,
	"agent" text NOT NULL,
	"model" text NOT NULL,
	"events" integer NOT NULL,
	"tokens" bigint NOT NULL,
	"input" bigint NOT NULL,
	"output" bigint NOT NULL,
	"cached_read" bigint NOT NULL,
	"cached_write" bigint NOT NULL,
	"reasoning" bigint NOT NULL,
	"reported_nanos" bigint NOT NULL,
	"estimated_nanos" bigint NOT NULL,
	"unpriced" bigint NOT NULL,
	CONSTRAINT "usage_rollups_project_id_grain_start_source_id_agent_model_pk" PRIMARY KEY("project_id","grain","start","source_id","agent","model")
);
--> statement-breakpoint
CREATE INDEX "runs_by_cost" ON "runs" USING btree ("project_id","cost_nanos","id") WHERE kind = 'run' and cost_nanos > 0;
--> statement-breakpoint
INSERT INTO "usage_rollups"
SELECT "project_id", g.grain, date_trunc(g.grain, "minute", 'UTC'), "source_id", "agent", "model", sum("events"), sum("tokens"), sum("input"), sum("output"), sum("cached_read"), sum("cached_write"), sum("reasoning"), sum("reported_nanos"), sum("estimated_nanos"), sum("unpriced")
FROM "usage_buckets", (VALUES ('hour'), ('day')) AS g(grain) GROUP BY 1, 2, 3, 4, 5, 6;
