import { type Connection, databaseCodeOf, databaseErrorOf, isDatabaseGone } from "@/db/client";
import { StartError } from "./start-error";

/** A problem with the DATABASE_URL database that a person can fix, described without its password. */
export function unreachable(cause: unknown, connection: Connection): unknown {
  const error = databaseErrorOf(cause);
  const code = databaseCodeOf(error);
  // A pooler that rejects our session settings (08P01), a wrong user or password (28), database (3D) or privilege (42501).
  if (/^(?:08P01|28|3D|42501)/.test(code))
    return new StartError(`The database of DATABASE_URL refuses the connection: ${(error as Error).message}.`);
  if (code === "42P07") return new StartError(`The database of DATABASE_URL already contains something else: ${(error as Error).message}.`);
  // PostgreSQL answers no, receives a TLS hello all the same, and takes it for an invalid startup packet.
  const wantsTls = connection.ssl !== undefined && connection.ssl !== "prefer";
  if (wantsTls && (code === "ECONNRESET" || code === "EPIPE"))
    return new StartError(
      `The database of DATABASE_URL closes the connection on TLS, which its sslmode requires (${code}). It probably does not support TLS.`,
    );
  if (isDatabaseGone(error))
    return new StartError(`The database of DATABASE_URL does not answer (${code}). Start it, or correct the address.`);
  // OpenSSL reads a non-TLS server's answer to its hello as another TLS version.
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER")
    return new StartError("The database of DATABASE_URL does not support TLS, which its sslmode requires.");
  // OpenSSL's message ends with a newline.
  if (isUnproven(code))
    return new StartError(`The TLS connection to the database of DATABASE_URL failed: ${(error as Error).message.trim()} (${code}).`);
  return error;
}

/** Whether TLS failed: no certificate, or none that sslmode accepts. */
function isUnproven(code: string): boolean {
  return /^(?:ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO|HOSTNAME_MISMATCH)/.test(code);
}
