import { isDeepStrictEqual } from "node:util";
import type { RunSummary } from "@/lib/core/api/run";
import type { RunState } from "@/lib/core/run/state";
import { toRunSummary } from "@/lib/core/run/summary";
import { getBytes, HttpConnection } from "../load/http-connection";
import { auditRun, type Faults, type FoundEvent } from "./audit";
import { markOf, type RunLedger } from "./run-ledger";
import type { Door } from "./writer";

const pageSize = 1_000;

/** Reads runs over the API, one request after the other. */
export class RunReader {
  readonly #door: Door;
  readonly #connection: HttpConnection;

  private constructor(door: Door, connection: HttpConnection) {
    this.#door = door;
    this.#connection = connection;
  }

  static async open(door: Door): Promise<RunReader> {
    return new RunReader(door, await HttpConnection.open(door.port));
  }

  close(): void {
    this.#connection.close();
  }

  /** Our id of a run, by its sender's; null when the server does not know it. */
  async idOf(externalId: string): Promise<string | null> {
    return (await this.#get<RunSummary>(`/api/runs/${externalId}`))?.id ?? null;
  }

  async lastSeqOf(runId: string): Promise<number> {
    return (await this.#get<RunSummary>(`/api/runs/${runId}`))?.lastSeq ?? 0;
  }

  /** What is wrong with a run: its log against its ledger, its row against the fold of its log. */
  async audit(ledger: RunLedger): Promise<Faults> {
    const found: FoundEvent[] = [];
    let lastSeq = 0;
    for (let from = 1; ; from = (found.at(-1)?.seq ?? 0) + 1) {
      const page = await this.#get<{ events: { seq: number; raw: unknown }[]; lastSeq: number }>(
        `/api/runs/${ledger.externalId}/events?raw=1&limit=${pageSize}&from=${from}`,
      );
      // A run of which nothing was acknowledged need not be there.
      if (page === null) return auditRun(ledger, [], 0);
      lastSeq = page.lastSeq;
      for (const event of page.events) found.push({ seq: event.seq, mark: markOf(ledger.dialect, event.raw) });
      if (page.events.length < pageSize) break;
    }
    const faults = auditRun(ledger, found, lastSeq);
    faults.uneven = (await this.#isEven(ledger.externalId)) ? 0 : 1;
    return faults;
  }

  /** The row that each append kept up, totals and all, must be what the whole log folds to. */
  async #isEven(externalId: string): Promise<boolean> {
    const read = await this.#get<{ run: RunSummary; state: RunState }>(`/api/runs/${externalId}/state`);
    if (read === null) return false;
    const { id, dialect, source, environment = null, createdAt } = read.run;
    const recount = toRunSummary({ id, externalId, dialect, source, environment, createdAtMs: Date.parse(createdAt) }, read.state);
    return isDeepStrictEqual(JSON.parse(JSON.stringify(recount)), read.run);
  }

  async #get<T>(path: string): Promise<T | null> {
    const { status, body } = await this.#connection.request(getBytes(path, this.#door.key));
    if (status === 404) return null;
    if (status !== 200) throw new Error(`${path} answered ${status}: ${body.toString("utf8").slice(0, 300)}`);
    return JSON.parse(body.toString("utf8")) as T;
  }
}
