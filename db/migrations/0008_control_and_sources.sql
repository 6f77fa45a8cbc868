CREATE TABLE "control_listeners" (
	"project_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"first_at_ms" bigint NOT NULL,
	"last_at_ms" bigint NOT NULL,
	CONSTRAINT "control_listeners_project_id_run_id_pk" PRIMARY KEY("project_id","run_id")
);
--> statement-breakpoint
CREATE TABLE "control_requests" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"requested_by" text NOT NULL,
	"requested_by_key" uuid,
	"requested_at_ms" bigint NOT NULL,
	"recorded_seq" bigint,
	"claimed_until_ms" bigint NOT NULL,
	"sent_at_ms" bigint,
	"sent_via" text,
	"acknowledged_at_ms" bigint,
	"acknowledged_via" text,
	"done_at_ms" bigint,
	"done_seq" bigint,
	CONSTRAINT "control_requests_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "source_streams" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"url" text NOT NULL,
	"body" text,
	"run" text,
	"status" text NOT NULL,
	"cursor" text,
	"events" bigint DEFAULT 0 NOT NULL,
	"duplicates" bigint DEFAULT 0 NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"connected_at_ms" bigint,
	"last_event_at_ms" bigint,
	"lag_ms" bigint,
	"error" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_try_ms" bigint NOT NULL,
	"held_by" uuid,
	"held_until_ms" bigint,
	CONSTRAINT "source_streams_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "sources" ADD COLUMN "token" text;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "path" text;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD COLUMN "subject" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "control_requests_number" ON "control_requests" USING btree ("project_id","run_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "control_requests_open" ON "control_requests" USING btree ("project_id","run_id") WHERE outcome = 'open';--> statement-breakpoint
CREATE INDEX "control_requests_unrecorded" ON "control_requests" USING btree ("claimed_until_ms") WHERE recorded_seq is null;--> statement-breakpoint
CREATE UNIQUE INDEX "source_streams_url" ON "source_streams" USING btree ("project_id","source_id","url",coalesce(run, '')) WHERE body is null;--> statement-breakpoint
CREATE INDEX "source_streams_due" ON "source_streams" USING btree ("next_try_ms") WHERE status = 'following';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_subject" ON "webhook_deliveries" USING btree ("project_id","subject") WHERE subject is not null;