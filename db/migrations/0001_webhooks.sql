CREATE TABLE "replay_items" (
	"project_id" uuid NOT NULL,
	"replay_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"run_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"at_ms" bigint NOT NULL,
	CONSTRAINT "replay_items_project_id_replay_id_n_pk" PRIMARY KEY("project_id","replay_id","n")
);
--> statement-breakpoint
CREATE TABLE "replays" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"url" text NOT NULL,
	"types" text[] NOT NULL,
	"since_ms" bigint,
	"until_ms" bigint,
	"run_id" uuid,
	"secret" text,
	"speed" double precision,
	"status" text NOT NULL,
	"total" integer NOT NULL,
	"delivered" integer DEFAULT 0 NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_attempt_ms" bigint NOT NULL,
	"locked_by" uuid,
	"locked_until_ms" bigint,
	"error" text,
	"created_at_ms" bigint NOT NULL,
	"ended_at_ms" bigint,
	CONSTRAINT "replays_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_cursors" (
	"project_id" uuid PRIMARY KEY NOT NULL,
	"feed_seq" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"webhook_id" uuid NOT NULL,
	"message_key" text NOT NULL,
	"type" text NOT NULL,
	"family" text NOT NULL,
	"source_name" text NOT NULL,
	"body" text NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	"next_attempt_ms" bigint,
	"locked_by" uuid,
	"locked_until_ms" bigint,
	"finished_at_ms" bigint,
	"log" json DEFAULT '[]'::json NOT NULL,
	"reported" boolean DEFAULT true NOT NULL,
	CONSTRAINT "webhook_deliveries_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"description" text,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_until_ms" bigint,
	"status" text NOT NULL,
	"disabled_reason" text,
	"from_feed_seq" bigint NOT NULL,
	"created_at_ms" bigint NOT NULL,
	CONSTRAINT "webhooks_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE INDEX "replays_running" ON "replays" USING btree ("next_attempt_ms") WHERE status = 'running';--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_once" ON "webhook_deliveries" USING btree ("project_id","webhook_id","message_key");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("project_id","webhook_id","next_attempt_ms") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_listed" ON "webhook_deliveries" USING btree ("project_id","webhook_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "webhook_deliveries_unreported" ON "webhook_deliveries" USING btree ("finished_at_ms") WHERE not reported;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_age" ON "webhook_deliveries" USING btree ("created_at_ms");--> statement-breakpoint
CREATE INDEX "webhooks_active" ON "webhooks" USING btree ("project_id") WHERE status = 'active';