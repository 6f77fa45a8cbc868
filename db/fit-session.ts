import { type Connection, openPool } from "./client";
import { hasOwnSession } from "./own-session";
import { UnfitDatabaseError } from "./unfit-database";

/** What our statements, or the driver that reads their answers, rely on: settings that a server, a database or a role may have otherwise. */
const relied: readonly { readonly name: string; readonly fits: (setting: string) => boolean; readonly value: string }[] = [
  is("array_nulls", "on"),
  // The driver reads bytes in hexadecimal and times in ISO alone.
  is("bytea_output", "hex"),
  { name: "DateStyle", fits: (setting) => setting.startsWith("ISO"), value: "ISO" },
  is("IntervalStyle", "postgres"),
  { name: "extra_float_digits", fits: (setting) => Number(setting) > 0, value: "1" },
  is("standard_conforming_strings", "on"),
  // Who waits for a row takes it as it is then, instead of failing.
  is("default_transaction_isolation", "read committed"),
  is("default_transaction_read_only", "off"),
  // What is acknowledged is stored. Waiting for standbys as well is the database's own affair.
  { name: "synchronous_commit", fits: (setting) => setting !== "off", value: "on" },
];

function is(name: string, value: string) {
  return { name, fits: (setting: string) => setting === value, value };
}

/**
 * The connection with the settings that its sessions need and would not have. Only those are asked for: most poolers let in no session
 * that asks for any. Throws an UnfitDatabaseError for a database that no setting makes fit; `warn` hears what its owner should know.
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
