import postgres from "postgres";
import type { ServerAddress } from "../client";

/** The server's state: ready, starting or stopping (busy), database missing, connection refused, or silent. */
export type Answer = { status: "ready" | "busy" | "missing" | "silent" } | { status: "refused"; message: string };

/** In seconds; the probe is repeated. */
const probePatience = 2;
/** In seconds, for a first start on a busy machine: a slow connection must not discard what has been created. */
const makePatience = 60;

function connect(connection: ServerAddress, patience: number) {
  return postgres({
    ...connection,
    max: 1,
    connect_timeout: patience,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: "watchfloor-probe" },
  });
}

/** Asks the server once; never throws. */
export async function probe(connection: ServerAddress): Promise<Answer> {
  const sql = connect(connection, probePatience);
  try {
    await sql`select 1`;
    return { status: "ready" };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    // SQLSTATE: 57P01-57P03 shutting down or starting up, 53300 too many connections, 3D000 no such database.
    if (code?.startsWith("57P") || code === "53300") return { status: "busy" };
    if (code === "3D000") return { status: "missing" };
    if (code && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith("E")) return { status: "refused", message };
    return { status: "silent" };
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Creates the connection's database from the one that every cluster has, and prepares `logSegments` WAL files of 16 MB each. */
export async function createDatabase(connection: ServerAddress, logSegments: number): Promise<void> {
  const sql = connect({ ...connection, database: "postgres" }, makePatience);
  try {
    await sql`create database ${sql(connection.database)}`;
    // A new WAL file is filled with zeros by the commit that needs it, which blocks all other commits for 40 ms. Used files are
    // recycled after a checkpoint, so this many are used up once now, while nobody is waiting.
    for (let segment = 0; segment < logSegments; segment++) {
      await sql`select pg_logical_emit_message(false, 'watchfloor', '')`;
      await sql`select pg_switch_wal()`;
    }
    await sql`checkpoint`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
