CREATE TABLE "members" (
	"project_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"likeness" text NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"last_seen_at" timestamp with time zone,
	CONSTRAINT "members_project_id_id_pk" PRIMARY KEY("project_id","id")
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "sign_in_links" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "standing_approvals" ADD COLUMN "created_by_member" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "members_likeness" ON "members" USING btree ("project_id","likeness");--> statement-breakpoint
CREATE INDEX "sessions_member" ON "sessions" USING btree ("member_id") WHERE member_id is not null;