ALTER TABLE "approvals" ALTER COLUMN "arguments" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "approvals" ALTER COLUMN "answer" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "approvals" ALTER COLUMN "edited_arguments" SET DATA TYPE text;--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "repeated_keys" json;