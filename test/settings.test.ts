import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const start = join(import.meta.dirname, "../scripts/start.mjs");
const settings = join(import.meta.dirname, "../scripts/settings.mjs");

function run(script: string, env: Record<string, string>) {
  return spawnSync(process.execPath, [script], { encoding: "utf8", env: { NODE_ENV: "test", PATH: process.env.PATH, ...env } });
}

const wrong: [name: string, value: string, says: string][] = [
  ["PORT", "0", "from 1 to 65535"],
  ["PORT", "65536", "from 1 to 65535"],
  ["PORT", "3000x", "from 1 to 65535"],
  ["PORT", "-1", "from 1 to 65535"],
  ["HOST", "http://localhost", "host name"],
  ["HOST", "two words", "host name"],
  ["WATCHFLOOR_PUBLIC_URL", "watch.example.com", "https://watch.example.com"],
  ["WATCHFLOOR_PUBLIC_URL", "ftp://watch.example.com", "https://watch.example.com"],
  ["WATCHFLOOR_PUBLIC_URL", "https://watch.example.com/floor", "without a path"],
  ["WATCHFLOOR_PUBLIC_URL", "https://user:word@watch.example.com", "without a path"],
  ["WATCHFLOOR_PUBLIC_URL", "https://watch.example.com/?a=1", "without a path"],
  ["DATABASE_URL", "mysql://localhost/floor", "postgres://"],
  ["DATABASE_URL", "postgres://localhost", "postgres://"],
  ["DATABASE_URL", "localhost:5432", "postgres://"],
  ["WATCHFLOOR_DATA", "package.json", "a folder"],
  ["WATCHFLOOR_API_KEY", "fifteen-letters", "16 to 512 printable ASCII characters"],
  ["WATCHFLOOR_API_KEY", "sixteen letters and spaces", "without spaces"],
  ["LOG_LEVEL", "loud", "one of trace"],
  ["WATCHFLOOR_SMTP_URL", "smtp://mail.example.com", "needs WATCHFLOOR_SMTP_FROM"],
  ["WATCHFLOOR_SMTP_FROM", "watchfloor@example.com", "needs WATCHFLOOR_SMTP_URL"],
  ["WATCHFLOOR_RETENTION_DAYS", "0", "number of days from 1 to 3650"],
  ["WATCHFLOOR_RETENTION_DAYS", "90d", "number of days from 1 to 3650"],
  ["WATCHFLOOR_RETENTION_DAYS", "3651", "number of days from 1 to 3650"],
];

test.each(wrong)("a start with %s=%s ends at once with exit code 1 and one line that says what is wrong", (name, value, says) => {
  const ended = run(start, { [name]: value });
  expect(ended.status).toBe(1);
  expect(ended.stdout).toBe("");
  expect(ended.stderr.trimEnd().split("\n")).toEqual([expect.stringContaining(says)]);
  expect(ended.stderr).toContain(name);
});

test("a secret that is wrong is not repeated on the screen", () => {
  expect(run(settings, { WATCHFLOOR_API_KEY: "hunter2" }).stderr).not.toContain("hunter2");
  expect(run(settings, { DATABASE_URL: "mysql://u:hunter2@h/d" }).stderr).not.toContain("hunter2");
});

const right: [name: string, value: string][] = [
  ["PORT", "1"],
  ["PORT", "65535"],
  ["PORT", ""],
  ["HOST", "0.0.0.0"],
  ["HOST", "::1"],
  ["HOST", "floor.example"],
  ["WATCHFLOOR_PUBLIC_URL", "https://watch.example.com"],
  ["WATCHFLOOR_PUBLIC_URL", "https://watch.example.com:8443/"],
  ["WATCHFLOOR_PUBLIC_URL", "http://10.0.0.7:3000"],
  ["DATABASE_URL", "postgres://user:secret@127.0.0.1:5432/floor?sslmode=require"],
  ["DATABASE_URL", "postgresql://user@db.example/floor"],
  ["DATABASE_URL", "postgres:///floor?host=/run/postgresql"],
  ["DATABASE_URL", "postgres://user@one.example,two.example:5433/floor?target_session_attrs=read-write"],
  ["WATCHFLOOR_DATA", "a/folder/that/will/be/made"],
  ["WATCHFLOOR_API_KEY", "sixteen-letters!"],
  ["WATCHFLOOR_RETENTION_DAYS", "1"],
  ["WATCHFLOOR_RETENTION_DAYS", "3650"],
];

test.each(right)("%s=%s is accepted", (name, value) => {
  const ended = run(settings, { [name]: value });
  expect(ended.stderr).toBe("");
  expect(ended.status).toBe(0);
});
