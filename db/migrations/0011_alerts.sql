CREATE TABLE "alert_heard" (
	"project_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"at_ms" bigint NOT NULL,
	CONSTRAINT "alert_heard_project_id_source_id_pk" PRIMARY KEY("project_id","source_id")
);
--> statement-breakpoint
CREATE TABLE "alert_log" (
	"project_id" uuid NOT NULL,
	"n" bigint NOT NULL,
	"alert_id" uuid NOT NULL,
	"at_ms" bigint NOT NULL,
	"step" text NOT NULL,
	"level" text NOT NULL,
	"value" double precision,
	"told" boolean NOT NULL,
	"by_name" text,
	"note" text,
	CONSTRAINT "alert_log_project_id_n_pk" PRIMARY KEY("project_id","n")
);
--> statement-breakpoint
CREATE TABLE "alert_rules" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"enabled" boolean NOT NULL,
	"settings" json NOT NULL,
	"channels" uuid[] NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"updated_at_ms" bigint NOT NULL,
	CONSTRAINT "alert_rules_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "alert_states" (
	"project_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"state" json NOT NULL,
	"alert_id" uuid,
	CONSTRAINT "alert_states_project_id_rule_id_subject_pk" PRIMARY KEY("project_id","rule_id","subject")
);
--> statement-breakpoint
CREATE TABLE "alert_turns" (
	"project_id" uuid PRIMARY KEY NOT NULL,
	"active" boolean NOT NULL,
	"feed_seq" bigint NOT NULL,
	"due_at_ms" bigint NOT NULL,
	"log_seq" bigint NOT NULL,
	"revision" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"rule_name" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"about" text,
	"level" text NOT NULL,
	"worst" text NOT NULL,
	"value" double precision,
	"threshold" double precision NOT NULL,
	"window_minutes" bigint,
	"run_id" uuid,
	"seq" bigint,
	"measured_from_ms" bigint,
	"fired_at_ms" bigint NOT NULL,
	"ended_at_ms" bigint,
	"acknowledged_by" text,
	"acknowledged_at_ms" bigint,
	"note" text,
	"muted_until_ms" bigint,
	CONSTRAINT "alerts_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
ALTER TABLE "webhooks" ADD COLUMN "kind" text DEFAULT 'events' NOT NULL;--> statement-breakpoint
CREATE INDEX "alert_log_of" ON "alert_log" USING btree ("project_id","alert_id","n");--> statement-breakpoint
CREATE INDEX "alerts_firing" ON "alerts" USING btree ("project_id","fired_at_ms") WHERE ended_at_ms is null;--> statement-breakpoint
CREATE INDEX "alerts_ended" ON "alerts" USING btree ("project_id","ended_at_ms" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE ended_at_ms is not null;--> statement-breakpoint
CREATE INDEX "runs_by_end" ON "runs" USING btree ("project_id","ended_at_ms","status","dialect") WHERE kind = 'run' and ended_at_ms is not null;