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

/** A promise that is settled from outside. */
function later<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

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

it("a transaction whose connection died sends nothing on the connection that took its place", async () => {
  const database = await createTestDatabase();
  const driver = await bundledDriver();
  const pool = driver({ ...database.connection, max: 1, onnotice: () => {}, backoff: () => 0.01 });
  const admin = driver({ ...database.connection, max: 1, onnotice: () => {} });
  const one = () => pool`select 1 as one`.catch(String);
  try {
    await admin`create table written (by text)`;
    const going = later<void>();
    const late = later<unknown[]>();
    const died = pool
      .begin(async (tx) => {
        const [row] = await tx`select pg_backend_pid() as pid`;
        await admin`select pg_terminate_backend(${row?.pid})`;
        // Something else takes its time, and others have the pool meanwhile.
        await going.promise;
        const asked = [tx`insert into written values ('late')`, tx`select 1`, tx`select 2`].map((query) => query.execute());
        late.resolve((await Promise.allSettled(asked)).map(({ status }) => status));
      })
      .then(
        () => "committed",
        () => "refused",
      );
    expect(await died).toBe("refused");
    await expect.poll(one).toEqual([{ one: 1 }]);
    await pool.begin(async (tx) => {
      await tx`insert into written values ('other')`;
      going.resolve();
      expect(await late.promise).toEqual(["rejected", "rejected", "rejected"]);
    });
    expect(await one()).toEqual([{ one: 1 }]);
    expect(await admin`select by from written`).toEqual([{ by: "other" }]);
  } finally {
    await Promise.all([pool.end({ timeout: 1 }), admin.end({ timeout: 1 })]);
    await database.drop();
  }
});

it("a query that cannot be written fails alone, whatever is under way on its connection", async () => {
  const database = await createTestDatabase();
  const driver = await bundledDriver();
  const pool = driver({ ...database.connection, max: 1, onnotice: () => {} });
  const day = (at: Date) => pool`select ${at}::timestamptz is not null as n`.then(([row]) => row?.n);
  try {
    // A statement that is known is written at once.
    expect(await day(new Date())).toBe(true);
    const before = pool`select 1 as n from pg_sleep(0.1)`.then(([row]) => row?.n);
    const never = day(new Date(Number.NaN)).catch((error: Error) => error.name);
    const behind = [2, 3].map((n) => pool`select ${n}::int as n`.then(([row]) => row?.n));
    expect(await Promise.all([before, never, ...behind])).toEqual([1, "RangeError", 2, 3]);
  } finally {
    await pool.end({ timeout: 1 });
    await database.drop();
  }
});

type Given = { readonly sockets: Socket[]; readonly ask: (n: number) => Promise<unknown> };

/** A pool of one connection whose sockets are ours. `opened` is called with each before the driver has it. */
async function withSockets(play: (given: Given) => Promise<void>, opened: (socket: Socket) => void = () => {}): Promise<void> {
  const database = await createTestDatabase();
  const driver = await bundledDriver();
  const sockets: Socket[] = [];
  const { host, port } = database.connection as { host: string; port: number };
  const socket = async () => {
    const made = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    await once(made, "connect");
    opened(made);
    sockets.push(made);
    return made;
  };
  // Not in the driver's types.
  const options = { ...database.connection, socket, max: 1, onnotice: () => {}, backoff: () => 0.01 };
  const pool = driver(options as postgres.Options<Record<string, never>>);
  const ask = (n: number) =>
    pool`select ${n}::int as n`.then(
      (rows) => (rows.length === 1 ? rows[0]?.n : rows),
      () => "refused",
    );
  try {
    await play({ sockets, ask });
  } finally {
    await pool.end({ timeout: 1 });
    await database.drop();
  }
}

it("what is asked between a connection's error and its close gets an answer of its own, and so does all that follows", () =>
  withSockets(async ({ sockets, ask }) => {
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
  }));

for (const [how, error] of [
  ["closed", undefined],
  ["reset", new Error("reset by the other side")],
] as const)
  it(`a connection that is ${how} while the driver learns its types ends nobody, and the next one answers right`, () => {
    let cut = 0;
    return withSockets(
      async ({ ask }) => {
        expect([1, "refused"]).toContain(await ask(1));
        expect(cut).toBe(1);
        expect(await ask(2)).toBe(2);
        expect(await Promise.all([ask(3), ask(4)])).toEqual([3, 4]);
      },
      (socket) => {
        const write = socket.write.bind(socket) as (chunk: Buffer) => boolean;
        socket.write = ((chunk: Buffer) => {
          const sent = write(chunk);
          if (cut === 0 && chunk.includes("typarray")) {
            cut += 1;
            // Some of the answer, and not all of it.
            socket.prependOnceListener("data", () => socket.destroy(error));
          }
          return sent;
        }) as Socket["write"];
      },
    );
  });
