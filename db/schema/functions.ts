import { pgTable, text } from "drizzle-orm/pg-core";

/** One row: which functions of `db/functions` this database has. */
export const appliedFunctions = pgTable("applied_functions", {
  /** SHA-256 of the files' contents. */
  files: text().primaryKey(),
  names: text().array().notNull(),
  /** MD5 of the definitions as the database has them: reveals functions that someone else changed or added. */
  definitions: text().notNull(),
});
