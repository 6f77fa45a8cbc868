CREATE TABLE "approval_policies" (
	"project_id" uuid PRIMARY KEY NOT NULL,
	"deadline_ms" bigint,
	"on_deadline" text NOT NULL,
	"standing_allowed" boolean NOT NULL,
	"changed_at_ms" bigint NOT NULL,
	"changed_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "standing_approvals" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"tool" text NOT NULL,
	"scope" text NOT NULL,
	"run_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"agent" text,
	"arguments" text NOT NULL,
	"rules" json NOT NULL,
	"allow_extra" boolean NOT NULL,
	"max_uses" integer NOT NULL,
	"uses" integer DEFAULT 0 NOT NULL,
	"max_nanos" bigint,
	"base_nanos" bigint NOT NULL,
	"ends_at_ms" bigint NOT NULL,
	"created_at_ms" bigint NOT NULL,
	"created_by" text NOT NULL,
	"created_by_key" uuid,
	"revoked_at_ms" bigint,
	"revoked_by" text,
	CONSTRAINT "standing_approvals_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE TABLE "standing_uses" (
	"project_id" uuid NOT NULL,
	"standing_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"approval_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"run_nanos" bigint NOT NULL,
	"at_ms" bigint NOT NULL,
	CONSTRAINT "standing_uses_project_id_standing_id_n_pk" PRIMARY KEY("project_id","standing_id","n")
);
--> statement-breakpoint
CREATE INDEX "standing_approvals_ending" ON "standing_approvals" USING btree ("ends_at_ms");--> statement-breakpoint
CREATE UNIQUE INDEX "standing_uses_approval" ON "standing_uses" USING btree ("project_id","approval_id");