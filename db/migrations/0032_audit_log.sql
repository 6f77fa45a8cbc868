CREATE TABLE "audit_heads" (
	"project_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"proof" text NOT NULL,
	"own_proof" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"seq" bigint,
	"at_ms" bigint NOT NULL,
	"actor" text NOT NULL,
	"actor_id" uuid,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject_id" text,
	"subject_name" text,
	"detail" text,
	"outcome" text,
	"request_id" text NOT NULL,
	"before" text,
	"proof" text,
	CONSTRAINT "audit_log_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "audit_log_seq" ON "audit_log" USING btree ("project_id","seq");--> statement-breakpoint
CREATE INDEX "audit_log_names" ON "audit_log" USING btree ("project_id","subject_id","seq") WHERE subject_name is not null;--> statement-breakpoint
CREATE INDEX "audit_log_open" ON "audit_log" USING btree ("at_ms") WHERE seq is null;