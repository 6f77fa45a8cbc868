import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type postgres from "postgres";
import { afterAll, expect, it } from "vitest";
import { mendPostgres } from "../scripts/mend-postgres.mjs";
import { createTestDatabase } from "./postgres";

const folder = mkdtempSync(join(tmpdir(), "watchfloor-driver-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The driver as the server's bundle has it. */
async function bundledDriver(): Promise<typeof postgres> {
  const outfile = join(folder, "driver.mjs");
  const stdin = { contents: 'export { default } from "postgres"', resolveDir: process.cwd() };
  await build({
    stdin,
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "silent",
    plugins: [mendPostgres],
  });
  return (await import(pathToFileURL(outfile).href)).default;
}

it("a connection that dies under a transaction is an error of that transaction, and the pool goes on", async () => {
  const database = await createTestDatabase();
  const driver = await bundledDriver();
  const pool = driver({ ...database.connection, max: 1, onnotice: () => {}, backoff: () => 0.01 });
  const admin = driver({ ...database.connection, max: 1, onnotice: () => {} });
  try {
    for (let round = 0; round < 20; round++) {
      const late = await new Promise<PromiseSettledResult<unknown>[]>((resolve) => {
        pool
          .begin(async (tx) => {
            const [row] = await tx`select pg_backend_pid() as pid`;
            const unfinished = tx`select pg_sleep(30)`.execute().catch(String);
            await admin`select pg_terminate_backend(${row?.pid})`;
            await unfinished;
            // The connection is gone, or goes before this is written, a turn later.
            resolve(Promise.allSettled([tx`select 1`.execute()]));
          })
          .catch(() => {});
      });
      expect(late.map(({ status }) => status)).toEqual(["rejected"]);
      await expect.poll(() => pool`select 1 as one`.catch(String)).toEqual([{ one: 1 }]);
    }
  } finally {
    await Promise.all([pool.end({ timeout: 1 }), admin.end({ timeout: 1 })]);
    await database.drop();
  }
});

it("what is asked between a connection's error and its close gets an answer of its own, and so does all that follows", async () => {
  const database = await createTestDatabase();
  const driver = await bundledDriver();
  const sockets: Socket[] = [];
  const { host, port } = database.connection as { host: string; port: number };
  const socket = async () => {
    const opened = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    await once(opened, "connect");
    sockets.push(opened);
    return opened;
  };
  // Not in the driver's types.
  const options = { ...database.connection, socket, max: 1, onnotice: () => {}, backoff: () => 0.01 };
  const pool = driver(options as postgres.Options<Record<string, never>>);
  const ask = (n: number) =>
    pool`select ${n}::int as n`.then(
      ([row]) => row?.n,
      () => "refused",
    );
  try {
    expect(await ask(1)).toBe(1);
    const opened = sockets.at(-1) as Socket;
    const under = ask(2);
    const between = new Promise((resolve) => {
      opened.once("error", () => resolve(ask(3)));
    });
    opened.destroy(new Error("reset by the other side"));
    expect(await under).toBe("refused");
    expect(await between).toBe("refused");
    expect(await Promise.all([ask(4), ask(5)])).toEqual([4, 5]);
    expect(await Promise.all([ask(6), ask(7)])).toEqual([6, 7]);
  } finally {
    await pool.end({ timeout: 1 });
    await database.drop();
  }
});
