CREATE TABLE "prices" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"model" text NOT NULL,
	"provider" text,
	"input" bigint NOT NULL,
	"output" bigint NOT NULL,
	"cached_read" bigint,
	"cached_write" bigint,
	"reasoning" bigint,
	"valid_from_ms" bigint NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "prices_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "repricings" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"model" text,
	"from_ms" bigint NOT NULL,
	"to_ms" bigint NOT NULL,
	"prices" json NOT NULL,
	"status" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"applied_by" text,
	"applied_at_ms" bigint,
	"ended_at_ms" bigint,
	"cursor" uuid,
	"runs_seen" integer DEFAULT 0 NOT NULL,
	"runs_changed" integer DEFAULT 0 NOT NULL,
	"runs_skipped" integer DEFAULT 0 NOT NULL,
	"events_changed" integer DEFAULT 0 NOT NULL,
	"before_nanos" bigint DEFAULT 0 NOT NULL,
	"after_nanos" bigint DEFAULT 0 NOT NULL,
	"unpriced_before" integer DEFAULT 0 NOT NULL,
	"unpriced_after" integer DEFAULT 0 NOT NULL,
	"counted" json,
	"locked_by" uuid,
	"locked_until_ms" bigint,
	CONSTRAINT "repricings_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "pricing" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "repricings_due" ON "repricings" USING btree ("created_at_ms") WHERE status in ('counting', 'applying');