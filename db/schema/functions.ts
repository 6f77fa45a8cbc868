import { pgTable, text } from "drizzle-orm/pg-core";

/** One row: which functions of `db/functions` this database has. */
export const appliedFunctions = pgTable("applied_functions", {
  /** SHA-256 of the files' texts. */
  files: text().primaryKey(),
  names: text().array().notNull(),
  /** MD5 of what the database made of them, which tells of a function that was changed or left beside them by other hands. */
  definitions: text().notNull(),
});
