ALTER TABLE "sessions" ADD COLUMN "key_id" uuid;--> statement-breakpoint
ALTER TABLE "sign_in_links" ADD COLUMN "key_id" uuid;