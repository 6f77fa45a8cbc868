import { type Connection, openPool } from "./client";
import { hasOwnSession } from "./own-session";
import { UnfitDatabaseError } from "./unfit-database";

/**
 * Settings that our statements, or the driver's parsing of results, depend on, and that a server, a database or a role may have set
 * differently.
 */
const relied: readonly { readonly name: string; readonly fits: (setting: string) => boolean; readonly value: string }[] = [
  is("array_nulls", "on"),
  // The driver reads bytes only in hex and times only in ISO format.
  is("bytea_output", "hex"),
  { name: "DateStyle", fits: (setting) => setting.startsWith("ISO"), value: "ISO" },
  is("IntervalStyle", "postgres"),
  { name: "extra_float_digits", fits: (setting) => Number(setting) > 0, value: "1" },
  is("standard_conforming_strings", "on"),
  // A statement that waited for a row continues with its new version instead of failing.
  is("default_transaction_isolation", "read committed"),
  is("default_transaction_read_only", "off"),
  // What is acknowledged is stored. Whether to wait for standbys too is up to the database.
  { name: "synchronous_commit", fits: (setting) => setting !== "off", value: "on" },
];

function is(name: string, value: string) {
  return { name, fits: (setting: string) => setting === value, value };
}

/**
 * The connection with the settings that its sessions need but would not have. Only those are requested, because most poolers reject
 * sessions that request any. Throws an UnfitDatabaseError if no setting can make the database fit; `warn` receives what its owner
 * should know.
 */
export async function fitSession(connection: Connection, warn: (line: string) => void): Promise<Connection> {
  if (!(await hasOwnSession(connection)))
    throw new UnfitDatabaseError(
      "DATABASE_URL leads to a pooler in transaction mode. Use the database's own address, or a pooler in session mode.",
    );
  const pool = openPool(connection, { max: 1, name: "fit" });
  try {
    const rows = await pool<{ name: string; setting: string }[]>`
      select name, setting from pg_settings where name = any(${[...relied.map(({ name }) => name), "server_encoding", "fsync", "in_hot_standby"]})`;
    const found = new Map(rows.map(({ name, setting }) => [name, setting]));
    const [place] = await pool`select current_schema() as schema`;
    if (place?.schema === null)
      throw new UnfitDatabaseError(
        "The database of DATABASE_URL has no usable schema: none on its search_path exists and is open to this user.",
      );
    const encoding = found.get("server_encoding");
    if (encoding !== "UTF8")
      throw new UnfitDatabaseError(
        `The database of DATABASE_URL has the encoding ${encoding}. Create one with: create database … encoding 'UTF8' template template0`,
      );
    if (found.get("in_hot_standby") === "on")
      throw new UnfitDatabaseError("The database of DATABASE_URL is a standby, which accepts no writes. Use the address of the primary.");
    if (found.get("fsync") === "off")
      warn("fsync is off in this PostgreSQL: if its machine fails, acknowledged events can be lost, and the database with them");
    const needed = relied.filter(({ name, fits }) => !fits(found.get(name) ?? ""));
    return { ...connection, session: { ...connection.session, ...Object.fromEntries(needed.map(({ name, value }) => [name, value])) } };
  } finally {
    await pool.end({ timeout: 1 });
  }
}
