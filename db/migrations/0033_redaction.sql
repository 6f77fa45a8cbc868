CREATE TABLE "redaction_policies" (
	"project_id" uuid PRIMARY KEY NOT NULL,
	"policy" json NOT NULL,
	"changed_at_ms" bigint NOT NULL,
	"changed_by" text NOT NULL
);
