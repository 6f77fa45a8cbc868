CREATE TABLE "api_keys" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_keys_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"project_id" uuid NOT NULL,
	"key" text NOT NULL,
	"body_hash" "bytea" NOT NULL,
	"reply" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_project_id_key_pk" PRIMARY KEY("project_id","key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_links" (
	"hash" "bytea" PRIMARY KEY NOT NULL,
	"project_id" uuid NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "events" (
	"project_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"received_at_ms" bigint NOT NULL,
	"occurred_at_ms" bigint,
	"type" text NOT NULL,
	"source_type" text NOT NULL,
	"frame_name" text,
	"source_event_id" text,
	"dedupe_key" text,
	"estimated_nanos" bigint,
	"flags" smallint DEFAULT 0 NOT NULL,
	"raw" json NOT NULL,
	CONSTRAINT "events_project_id_run_id_seq_pk" PRIMARY KEY("project_id","run_id","seq")
) PARTITION BY RANGE ("run_id");
--> statement-breakpoint
CREATE TABLE "events_ephemeral" (
	"project_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"received_at_ms" bigint NOT NULL,
	"occurred_at_ms" bigint,
	"type" text NOT NULL,
	"source_type" text NOT NULL,
	"frame_name" text,
	"source_event_id" text,
	"dedupe_key" text,
	"estimated_nanos" bigint,
	"flags" smallint DEFAULT 0 NOT NULL,
	"raw" json NOT NULL,
	CONSTRAINT "events_ephemeral_project_id_run_id_seq_pk" PRIMARY KEY("project_id","run_id","seq")
) PARTITION BY RANGE ("run_id");
--> statement-breakpoint
CREATE TABLE "feed" (
	"project_id" uuid NOT NULL,
	"feed_seq" bigint NOT NULL,
	"run_id" uuid NOT NULL,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"at_ms" bigint NOT NULL,
	CONSTRAINT "feed_project_id_feed_seq_pk" PRIMARY KEY("project_id","feed_seq")
);
--> statement-breakpoint
CREATE TABLE "run_snapshots" (
	"project_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"fold_version" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "run_snapshots_project_id_run_id_seq_pk" PRIMARY KEY("project_id","run_id","seq")
);
--> statement-breakpoint
CREATE TABLE "usage_buckets" (
	"project_id" uuid NOT NULL,
	"minute" timestamp with time zone NOT NULL,
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
	CONSTRAINT "usage_buckets_project_id_minute_source_id_agent_model_pk" PRIMARY KEY("project_id","minute","source_id","agent","model")
);
--> statement-breakpoint
CREATE TABLE "feed_heads" (
	"project_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL
) WITH (fillfactor = 20);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"dialect" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sources_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"dialect" text NOT NULL,
	"external_id" text NOT NULL,
	"kind" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seq" bigint DEFAULT 0 NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"name" text,
	"agent" text,
	"session_id" text,
	"started_at_ms" bigint,
	"ended_at_ms" bigint,
	"last_event_at_ms" bigint,
	"tokens" bigint DEFAULT 0 NOT NULL,
	"cost_nanos" bigint DEFAULT 0 NOT NULL,
	"state" json,
	CONSTRAINT "runs_project_id_id_pk" PRIMARY KEY("project_id","id")
) WITH (fillfactor = 60);
--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "events_dedupe" ON "events" USING btree ("project_id","dedupe_key","run_id") WHERE dedupe_key is not null;--> statement-breakpoint
CREATE INDEX "events_received" ON "events" USING brin ("received_at_ms");--> statement-breakpoint
CREATE UNIQUE INDEX "events_ephemeral_dedupe" ON "events_ephemeral" USING btree ("project_id","dedupe_key","run_id") WHERE dedupe_key is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "sources_name" ON "sources" USING btree ("project_id","dialect","name");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_external" ON "runs" USING btree ("project_id","source_id","external_id");--> statement-breakpoint
CREATE INDEX "runs_by_external" ON "runs" USING btree ("project_id","external_id");--> statement-breakpoint
CREATE INDEX "runs_listed" ON "runs" USING btree ("project_id","id" DESC NULLS LAST) WHERE kind = 'run';--> statement-breakpoint
CREATE INDEX "runs_by_status" ON "runs" USING btree ("project_id","status","id" DESC NULLS LAST) WHERE kind = 'run';--> statement-breakpoint
CREATE INDEX "runs_by_dialect" ON "runs" USING btree ("project_id","dialect","id" DESC NULLS LAST);--> statement-breakpoint
CREATE TABLE "events_default" PARTITION OF "events" DEFAULT;--> statement-breakpoint
CREATE TABLE "events_ephemeral_default" PARTITION OF "events_ephemeral" DEFAULT;
