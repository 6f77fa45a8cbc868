ALTER TABLE "sessions" ADD COLUMN "is_owner" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "sign_in_links" ADD COLUMN "is_owner" boolean DEFAULT true NOT NULL;