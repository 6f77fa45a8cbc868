import type { ConnectionOptions } from "node:tls";
import { DrizzleQueryError } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema";

/** A server, a database and the credentials for it. The host is a name, an address or a socket folder. */
export type ServerAddress = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
};

/** How to reach PostgreSQL. The driver takes missing fields from PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE. */
export type Connection = Partial<Omit<ServerAddress, "host" | "port">> & {
  /** A socket folder, or names to try in turn, each with its port. */
  readonly host?: string | string[];
  readonly port?: number | number[];
  /** Without it the connection is not encrypted. */
  readonly ssl?: "prefer" | "require" | ConnectionOptions;
  /** Seconds. */
  readonly connect_timeout?: number;
  readonly target_session_attrs?: "read-write" | "read-only" | "primary" | "standby" | "prefer-standby";
  /** Settings applied at the start of each session. */
  readonly session?: Readonly<Record<string, string>>;
};

export type PoolOptions = { readonly max: number; readonly name: string; readonly idleSeconds?: number };

/** A pool of `max` connections. Raw bigint columns are returned as strings; drizzle columns declared with mode number as numbers. */
export function openPool({ session, ...connection }: Connection, options: PoolOptions) {
  const settings = {
    max: options.max,
    idle_timeout: options.idleSeconds,
    connect_timeout: 5,
    // A short fixed delay: the pool must notice within a second that the database is back.
    backoff: () => 0.25,
    onnotice: () => {},
    transform: { undefined: null },
    ...connection,
    // The driver's types include only a few settings.
    connection: { ...(session as object), application_name: `watchfloor-${options.name}` },
  };
  // The driver accepts lists of hosts and ports, but its types omit them.
  return postgres(settings as Omit<typeof settings, "host" | "port">);
}

export type Pool = ReturnType<typeof openPool>;

/** The same pool behind drizzle, for everything that is not a hot path. */
export function openDb(pool: Pool) {
  return drizzle(pool, { schema, casing: "snake_case" });
}
export type Db = ReturnType<typeof openDb>;

/** The database's own error. Drizzle wraps it in an error that has no code and repeats the values of the query. */
export function databaseErrorOf(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
}

export function databaseCodeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

// Classes 08 (connection), 53 (resources), 57 (operator intervention) of PostgreSQL's error codes, and the driver's own codes.
const gone =
  /^(?:08|53|57)|^(?:ECONNREFUSED|ECONNRESET|ENOENT|ENOTFOUND|EPIPE|EACCES|CONNECTION_CLOSED|CONNECTION_ENDED|CONNECTION_DESTROYED|CONNECT_TIMEOUT|25006)$/;

/** Whether the database could not be reached, or could not do what was asked but may later. */
export function isDatabaseGone(error: unknown): boolean {
  return gone.test(databaseCodeOf(error));
}
