import { type Connection, databaseCodeOf, databaseErrorOf, isDatabaseGone } from "@/db/client";
import { StartError } from "./start-error";

/** What a person can mend about the database of DATABASE_URL, without the password that is in it. */
export function unreachable(cause: unknown, connection: Connection): unknown {
  const error = databaseErrorOf(cause);
  const code = databaseCodeOf(error);
  // A pooler that lets in no session with settings of its own (08P01), a user or password (28), a database (3D), a right (42501).
  if (/^(?:08P01|28|3D|42501)/.test(code))
    return new StartError(`The database of DATABASE_URL refuses the connection: ${(error as Error).message}.`);
  if (code === "42P07") return new StartError(`The database of DATABASE_URL already contains something else: ${(error as Error).message}.`);
  // PostgreSQL says no, hears a greeting of TLS all the same, and takes it for a start that makes no sense.
  const wantsTls = connection.ssl !== undefined && connection.ssl !== "prefer";
  if (wantsTls && (code === "ECONNRESET" || code === "EPIPE"))
    return new StartError(
      `The database of DATABASE_URL closes the connection on TLS, which its sslmode requires (${code}). It probably does not support TLS.`,
    );
  if (isDatabaseGone(error))
    return new StartError(`The database of DATABASE_URL does not answer (${code}). Start it, or correct the address.`);
  // What a server that speaks no TLS answers to its greeting reads as another version of it.
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER")
    return new StartError("The database of DATABASE_URL does not support TLS, which its sslmode requires.");
  // What OpenSSL says ends with a line of its own.
  if (isUnproven(code))
    return new StartError(`The TLS connection to the database of DATABASE_URL failed: ${(error as Error).message.trim()} (${code}).`);
  return error;
}

/** Whether TLS failed: no certificate, or none that sslmode accepts. */
function isUnproven(code: string): boolean {
  return /^(?:ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|HOSTNAME_MISMATCH)/.test(code);
}
