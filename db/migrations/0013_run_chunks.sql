ALTER TABLE "run_snapshots" ADD COLUMN "held" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "run_snapshots" ADD COLUMN "chunk" text DEFAULT '' NOT NULL;