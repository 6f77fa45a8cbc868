CREATE TABLE "applied_functions" (
	"files" text PRIMARY KEY NOT NULL,
	"names" text[] NOT NULL,
	"definitions" text NOT NULL
);
