import { readFileSync } from "node:fs";
import type { TransactionSql } from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPool, type Pool } from "@/db/client";
import type { CostReport } from "@/lib/core/api/costs";
import { startTestServer, type TestServer } from "@/test/server";
import type { BucketDelta } from "../events/append/buckets";
import { usageJson } from "../events/append/usage-rows";
import { costReport } from "./cost-report";

// Sessions are ranked by one row each where they can be: which can is noted while they are written, by several servers at once.

let server: TestServer;
/** Two servers' connections. */
let one: Pool;
let other: Pool;
beforeAll(async () => {
  server = await startTestServer({ repricer: false });
  one = openPool(server.services.connection, { max: 1, name: "one" });
  other = openPool(server.services.connection, { max: 1, name: "other" });
});
afterAll(async () => {
  await Promise.all([one.end(), other.end()]);
  await server.stop();
});

let project: string;
beforeEach(async () => {
  project = crypto.randomUUID();
  await one`insert into projects (id, name) values (${project}, ${project})`;
});

const day = 86_400;
/** Midnight UTC of the first day. */
const began = Math.floor(Date.now() / 1_000 / day) * day - 5 * day;
const dayOf = (n: number) => began + n * day;

type Use = { readonly session: string; readonly at: number; readonly nanos: number };

async function add(sql: Pool | TransactionSql, uses: readonly Use[]): Promise<void> {
  const deltas = uses.map(({ session, at, nanos }): BucketDelta => {
    const names = { s: project, a: "agent", o: "model", ss: session };
    return { m: at, q: 1, ...names, n: 1, tk: 1, i: 1, u: 0, cr: 0, cw: 0, re: 0, rn: nanos, en: 0, up: 0 };
  });
  await sql`select add_to_buckets(${project}, ${usageJson(deltas)})`;
}

const report = (from: number, to: number) =>
  costReport(project, { fromMs: from * 1_000, toMs: to * 1_000, bucket: "day", groupBy: "session" });
const told = ({ groups }: CostReport) => Object.fromEntries(groups.map(({ key, figures }) => [key, figures.reportedNanos]));

const aloneRows = async () =>
  Object.fromEntries(
    (
      await one`select session, (extract(epoch from start)::bigint - ${began}) / ${day} as day, alone from usage_sessions
        where project_id = ${project} and grain = 'day' and session <> ''`
    ).map((row) => [`${row.session} on ${row.day}`, row.alone]),
  );

describe("sessions of whole days", () => {
  it("are ranked and counted like their sums, on however many days they were used and however the stretch is cut", async () => {
    const uses = Array.from({ length: 600 }, (_, n): Use => {
      const number = n % 170;
      // Every third is used on several days; they are written in no order of time.
      const onDay = number % 3 === 0 ? (number + 2 * Math.floor(n / 170)) % 5 : number % 5;
      return {
        session: number === 0 ? "" : `s-${number}`,
        at: dayOf(onDay) + ((n * 977) % 1_440) * 60,
        nanos: 1_000 + ((n * 7_919) % 5_000),
      };
    });
    for (let n = 0; n < uses.length; n += 9) await add(one, uses.slice(n, n + 9));
    for (const [from, to] of [
      [dayOf(0), dayOf(5)],
      [dayOf(1), dayOf(4)],
      [dayOf(0) + 13 * 3_600, dayOf(4) + 90 * 60],
      [dayOf(2), dayOf(3)],
      [dayOf(1) + 60, dayOf(1) + 7_200],
    ] as const) {
      const sums = new Map<string, number>();
      for (const use of uses.filter(({ at }) => at >= from && at < to)) sums.set(use.session, (sums.get(use.session) ?? 0) + use.nanos);
      const { groups, rest } = await report(from, to);
      const dearest = [...sums.values()].sort((a, b) => b - a).slice(0, 100);
      expect(groups.map(({ figures }) => figures.reportedNanos)).toEqual(dearest);
      for (const { key, figures } of groups) expect([key, figures.reportedNanos]).toEqual([key, sums.get(key)]);
      expect(groups.length + rest.groups).toBe(sums.size);
    }
    const noted = await aloneRows();
    expect(new Set(Object.values(noted))).toEqual(new Set([true, false]));

    // A database of before this note gets the same one.
    await one`update usage_sessions set alone = null where project_id = ${project}`;
    await one`delete from usage_first_days`;
    const migration = readFileSync("db/migrations/0027_session_days.sql", "utf8").split("--> statement-breakpoint");
    for (const statement of migration.filter((each) => /^\s*(INSERT INTO usage_first_days|UPDATE usage_sessions u SET alone)/.test(each)))
      await one.unsafe(statement);
    expect(await aloneRows()).toEqual(noted);
  });

  it("stay one group when two servers write two days of a new session at the same moment", async () => {
    const late = { session: "both", at: dayOf(1), nanos: 5 };
    let written: Promise<void> | undefined;
    await one.begin(async (tx) => {
      await add(tx, [{ session: "both", at: dayOf(2), nanos: 7 }]);
      written = add(other, [late]);
      await blocked(tx);
    });
    await written;
    expect(await aloneRows()).toEqual({ "both on 1": false, "both on 2": false });
    expect(told(await report(dayOf(0), dayOf(4)))).toEqual({ both: 12 });
  });

  it("are alone on their day when the other server's day was never committed", async () => {
    let written: Promise<void> | undefined;
    const failed = one.begin(async (tx) => {
      await add(tx, [{ session: "undone", at: dayOf(2), nanos: 7 }]);
      written = add(other, [{ session: "undone", at: dayOf(1), nanos: 5 }]);
      await blocked(tx);
      throw new Error("undone");
    });
    await expect(failed).rejects.toThrow("undone");
    await written;
    expect(await aloneRows()).toEqual({ "undone on 1": true });
    expect(told(await report(dayOf(0), dayOf(4)))).toEqual({ undone: 5 });
  });

  it("wait for nobody who writes their first day, and are one group all the same", async () => {
    await add(one, [{ session: "over midnight", at: dayOf(1), nanos: 1 }]);
    await one.begin(async (tx) => {
      await add(tx, [{ session: "over midnight", at: dayOf(1), nanos: 2 }]);
      // Would wait for ever for the row that `tx` holds.
      await add(other, [{ session: "over midnight", at: dayOf(2), nanos: 4 }]);
      expect(told(await report(dayOf(0), dayOf(4)))).toEqual({ "over midnight": 5 });
    });
    expect(told(await report(dayOf(0), dayOf(4)))).toEqual({ "over midnight": 7 });
    const { groups, rest } = await report(dayOf(1), dayOf(2));
    expect([groups.length, rest.groups]).toEqual([1, 0]);
    await add(one, [{ session: "over midnight", at: dayOf(3), nanos: 8 }]);
    expect(await aloneRows()).toEqual({ "over midnight on 1": false, "over midnight on 2": false, "over midnight on 3": false });
  });

  it("are written by two servers at once without waiting in a circle, and lose nothing", async () => {
    const batch = (seed: number) =>
      Array.from({ length: 6 }, (_, n): Use => {
        const k = (seed * 6 + n) * 7_919;
        return { session: `busy-${k % 11}`, at: dayOf(k % 4) + (k % 90) * 60, nanos: 1 };
      });
    const rounds = 60;
    await Promise.all(
      [one, other].map(async (sql, side) => {
        for (let round = 0; round < rounds; round++) await add(sql, batch(round * 2 + side).sort(side === 0 ? undefined : () => -1));
      }),
    );
    const { groups, rest, totals } = await report(dayOf(0), dayOf(5));
    expect(totals.reportedNanos).toBe(rounds * 2 * 6);
    expect(rest.groups).toBe(0);
    expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length);
    expect(groups.reduce((sum, { figures }) => sum + figures.reportedNanos, 0)).toBe(totals.reportedNanos);
  });
});

/** Until somebody waits for a lock of this transaction. */
async function blocked(tx: TransactionSql): Promise<void> {
  const [own] = await tx`select pg_backend_pid() as pid`;
  for (;;) {
    // Not asked within the transaction, which keeps to the connections that it saw first.
    const [row] = await server.services
      .pool`select count(*)::int as waiting from pg_stat_activity a where ${own?.pid}::int = any(pg_blocking_pids(a.pid))`;
    if (row?.waiting > 0) return;
  }
}
