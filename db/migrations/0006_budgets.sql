CREATE TABLE "budget_counters" (
	"project_id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"window_ms" bigint NOT NULL,
	"key" text NOT NULL,
	"spent" bigint NOT NULL,
	CONSTRAINT "budget_counters_project_id_budget_id_window_ms_key_pk" PRIMARY KEY("project_id","budget_id","window_ms","key")
);
--> statement-breakpoint
CREATE TABLE "budget_crossings" (
	"project_id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"window_ms" bigint NOT NULL,
	"key" text NOT NULL,
	"threshold" smallint NOT NULL,
	"spent" bigint NOT NULL,
	"run_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"at_ms" bigint NOT NULL,
	CONSTRAINT "budget_crossings_project_id_budget_id_window_ms_key_threshold_pk" PRIMARY KEY("project_id","budget_id","window_ms","key","threshold")
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"target" text,
	"unit" text NOT NULL,
	"amount" bigint NOT NULL,
	"window" text NOT NULL,
	"thresholds" smallint[] NOT NULL,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "budgets_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE INDEX "budget_crossings_newest" ON "budget_crossings" USING btree ("project_id","budget_id","at_ms");