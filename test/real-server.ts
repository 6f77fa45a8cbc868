import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { databaseAddress } from "@/bench/process/database-address";
import { ensureBuilt } from "@/bench/process/ensure-built";
import { type Product, startProduct } from "@/bench/process/product";
import { createTestDatabase } from "./postgres";

/** The built server in processes of its own, one after the other or several at once, on one database. */
export type RealServers = {
  readonly sql: postgres.Sql;
  /** Starts one in this data folder; the same name is the same machine. */
  readonly start: (machine: string) => Promise<RealServer>;
  /**
   * Keeps everybody from writing this table, does something, and when a server waits at the table while `holds`, kills that server with
   * SIGKILL before it may go on: what it was about to write is never written.
   */
  readonly killAt: (table: string, server: RealServer, cut: { does: () => unknown; holds: () => Promise<boolean> }) => Promise<void>;
  /** Holds a server still, at a moment when nobody is in a transaction, so that another is the one at work; answers how to let it go on. */
  readonly hold: (server: RealServer) => Promise<() => void>;
  readonly stop: () => Promise<void>;
};

export type RealServer = Product & {
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  readonly send: (path: string, body: unknown) => Promise<Response>;
};

export async function realServers(): Promise<RealServers> {
  ensureBuilt();
  const { connection, drop } = await createTestDatabase();
  const dir = mkdtempSync(join(tmpdir(), "wf-real-"));
  const sql = postgres({ ...connection, max: 3, onnotice: () => {} });
  const running = new Set<Product>();
  const env = {
    DATABASE_URL: databaseAddress(connection),
    WATCHFLOOR_SECRET: "the-same-on-every-machine",
    WATCHFLOOR_ALLOW_PRIVATE_TARGETS: "1",
  };
  const start = async (machine: string): Promise<RealServer> => {
    const product = await startProduct({ dataDir: join(dir, machine), env });
    running.add(product);
    const authorized = (path: string, init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${product.port}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${product.key}`, ...(init.headers as object) },
      });
    const headers = { "content-type": "application/json" };
    return {
      ...product,
      fetch: authorized,
      send: (path, body) => authorized(path, { method: "POST", headers, body: JSON.stringify(body) }),
    };
  };
  const ours = sql`datname = ${connection.database} and application_name like 'watchfloor%'`;
  /** A connection whose process has died would still finish what it waits to write. Another server beside it waits for nothing then. */
  const endWaiting = () => sql`select pg_terminate_backend(pid) from pg_stat_activity where ${ours} and wait_event_type = 'Lock'`;
  return {
    sql,
    start,
    killAt: (table, server, { does, holds }) =>
      sql.begin(async (tx) => {
        await tx`lock table ${tx(table)} in exclusive mode`;
        void Promise.resolve(does()).catch(() => {});
        const waiting = () => sql`
          select from pg_locks l join pg_stat_activity a using (pid)
          where not l.granted and l.relation = ${table}::regclass and a.application_name like 'watchfloor%'`;
        await until(async () => (await waiting()).length > 0 && (await holds()));
        await server.kill();
        await endWaiting();
      }) as Promise<void>,
    hold: async (server) => {
      const letGo = () => void process.kill(server.pid, "SIGCONT");
      await until(async () => {
        process.kill(server.pid, "SIGSTOP");
        const [busy] = await sql`select count(*)::int as sessions from pg_stat_activity where ${ours} and state <> 'idle'`;
        if (busy?.sessions === 0) return true;
        letGo();
        return false;
      });
      return letGo;
    },
    stop: async () => {
      await Promise.all([...running].map((product) => product.stop()));
      await sql.end();
      await drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Looks again until it holds; the test's own time limit ends it. What arrives is taken in between. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
