import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { databaseAddress } from "@/bench/process/database-address";
import { ensureBuilt } from "@/bench/process/ensure-built";
import { startProduct } from "@/bench/process/product";
import { createTestDatabase } from "./postgres";

beforeAll(() => ensureBuilt());

it("a database that is not there, or does not let us in, ends the start with one line that says so and repeats no password", async () => {
  const { connection, drop } = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "wf-nowhere-"));
  const wrong = { ...connection, password: "not-the-secret" };
  for (const [url, line] of [
    [
      "postgres://u:hush-hush@127.0.0.1:9/x",
      /^The database of DATABASE_URL does not answer \(ECONNREFUSED\)\. Start it, or correct the address\.$/m,
    ],
    [databaseAddress(wrong), /^The database of DATABASE_URL refuses the connection: .*password authentication failed.*$/m],
    [`${databaseAddress(wrong)}&pgbouncer=true`, /^DATABASE_URL has \?pgbouncer, which Watchfloor does not support\./m],
  ] as const) {
    const error = (await startProduct({ dataDir, env: { DATABASE_URL: url } }).catch((reason: unknown) => reason)) as Error;
    expect(error.message).toMatch(line);
    expect(error.message).not.toMatch(/hush-hush|not-the-secret|\n {4}at /);
  }
  rmSync(dataDir, { recursive: true, force: true });
  await drop();
});

it("an address that is not this machine's ends the start with one line, and with nothing from what had begun", async () => {
  const { connection, drop } = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "wf-nowhere-"));
  const env = { DATABASE_URL: databaseAddress(connection) };
  // TEST-NET-1 belongs to nobody.
  const error = (await startProduct({ dataDir, host: "192.0.2.1", env }).catch((reason: unknown) => reason)) as Error;
  expect(error.message).toMatch(/^HOST=192\.0\.2\.1 is not an address of this machine \(EADDRNOTAVAIL\)\.$/m);
  expect(error.message).not.toMatch(/\n {4}at |job failed/);
  rmSync(dataDir, { recursive: true, force: true });
  await drop();
});

it("a wrong setting ends the server that is run by itself with one line, before anything has begun", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "wf-nowhere-"));
  for (const [wrong, line] of [
    [{ port: 70_000 }, 'PORT="70000" must be a port number from 1 to 65535.'],
    [{ host: "two words" }, 'HOST="two words" must be an address or a host name, such as 127.0.0.1.'],
    [{ env: { LOG_LEVEL: "loud" } }, /^LOG_LEVEL="loud" must be one of .*\.$/],
    [
      { env: { WATCHFLOOR_PUBLIC_URL: "watch.example.com" } },
      /^WATCHFLOOR_PUBLIC_URL="watch\.example\.com" must be the address that people open, .*\.$/,
    ],
    [{ env: { DATABASE_URL: "mysql://u:hush-hush@h/d" } }, /^DATABASE_URL must look like .*\.$/],
  ] as const) {
    const error = (await startProduct({ dataDir, through: "server", ...wrong }).catch((reason: unknown) => reason)) as Error;
    const [said, ...more] = error.message.trimEnd().split("\n").slice(1);
    expect(said).toMatch(line);
    expect(more).toEqual([]);
    expect(said).not.toContain("hush-hush");
  }
  expect(readdirSync(dataDir)).toEqual([]);
  rmSync(dataDir, { recursive: true, force: true });
});
