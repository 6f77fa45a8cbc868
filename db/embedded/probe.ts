import postgres from "postgres";
import type { ServerAddress } from "../client";

/** What a server says of itself: it answers, it is on its way up or down, the database is missing, it refuses us, or nothing. */
export type Answer = { status: "ready" | "busy" | "missing" | "silent" } | { status: "refused"; message: string };

/** Asked again, in seconds. */
const probePatience = 2;
/** A first start on a machine that is busy with others: what has been made is not given up for a slow connection. */
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

/** Asks the server for one answer; never throws. */
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

/** Creates the connection's database, through the one that every cluster has, and files for the log of its first `logSegments` x 16 MB. */
export async function createDatabase(connection: ServerAddress, logSegments: number): Promise<void> {
  const sql = connect({ ...connection, database: "postgres" }, makePatience);
  try {
    await sql`create database ${sql(connection.database)}`;
    // A new file of the write-ahead log is filled with zeros by the commit that needs it: 40 ms in which nothing else is committed. Files
    // that were left are taken again after a checkpoint, so as many are gone through once, while nobody waits.
    for (let segment = 0; segment < logSegments; segment++) {
      await sql`select pg_logical_emit_message(false, 'watchfloor', '')`;
      await sql`select pg_switch_wal()`;
    }
    await sql`checkpoint`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
