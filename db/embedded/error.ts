/** Why the embedded database cannot start, in one line that a person can act on. */
export class EmbeddedPostgresError extends Error {
  override name = "EmbeddedPostgresError";
}
