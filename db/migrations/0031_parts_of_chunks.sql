-- What is kept of long runs is made anew (another fold version). `append_batch` takes what was sent in another form from here on, under
-- another name: an older program that is still running is refused instead of being misread, and one that starts again leaves it alone.
ALTER TABLE "run_snapshots" ADD COLUMN "spans" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "run_snapshots" ADD COLUMN "entries" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "run_snapshots" ADD COLUMN "changes" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "run_snapshots" DROP COLUMN "chunk";
