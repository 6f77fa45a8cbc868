import { expect, it } from "vitest";
import { reasonIn } from "./reason-in";

it.each([
  [
    "initdb on a full disk",
    `creating configuration files ... ok
running bootstrap script ... 2026-11-21 14:52:57.366 UTC [15144] FATAL:  could not write to file "pg_wal/xlogtemp.15144": No space left on device
child process exited with exit code 1
initdb: removing data directory "/data/postgres.new"
`,
    'could not write to file "pg_wal/xlogtemp.15144": No space left on device',
  ],
  [
    "initdb in a folder that is not its own",
    `initdb: error: could not change permissions of directory "/data/postgres.new": Operation not permitted
initdb: hint: another line`,
    'initdb: error: could not change permissions of directory "/data/postgres.new": Operation not permitted',
  ],
  [
    "a server that dies",
    `2026-11-21 14:52:57.366 UTC [1] LOG:  starting PostgreSQL
2026-11-21 14:52:57.366 UTC [1] PANIC:  could not write to file "pg_wal/xlogtemp.1": No space left on device
2026-11-21 14:52:57.366 UTC [1] LOG:  database system is shut down`,
    'could not write to file "pg_wal/xlogtemp.1": No space left on device',
  ],
  ["anything else", "first\nlast\n", "last"],
  ["nothing", "", ""],
])("says why: %s", (_name, output, reason) => {
  expect(reasonIn(output)).toBe(reason);
});
