CREATE TABLE "budget_asks" (
	"project_id" uuid NOT NULL,
	"budget_id" uuid NOT NULL,
	"window_ms" bigint NOT NULL,
	"key" text NOT NULL,
	"threshold" smallint NOT NULL,
	"run_id" uuid NOT NULL,
	"refusal" text,
	"at_ms" bigint NOT NULL,
	CONSTRAINT "budget_asks_project_id_budget_id_window_ms_key_threshold_run_id_pk" PRIMARY KEY("project_id","budget_id","window_ms","key","threshold","run_id")
);
--> statement-breakpoint
CREATE INDEX "budget_asks_age" ON "budget_asks" USING btree ("at_ms");