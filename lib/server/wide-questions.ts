import type { TransactionSql } from "postgres";
import { databaseCodeOf, databaseErrorOf, type Pool } from "@/db/client";
import { DomainError } from "./errors";
import { Turns } from "./turns";

/** Of the connections for reading; pages and decisions have the others. */
export const atOnce = 2;
export const mostWaiting = 16;
/** Enough to read a log of many millions of events. */
export const longestMs = 60_000;
/** PostgreSQL's code for a cancelled statement. */
const ended = "57014";

type Options = { readonly pool: Pool /** How long one statement may take. */; readonly statementMs?: number };

/** Queries that scan a whole project and so take as long as its log is long: two at a time, each with a time limit. */
export class WideQuestions {
  readonly #options: Options;
  readonly #turns = new Turns(atOnce);

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Runs a query in a transaction. Throws overloaded when too many are waiting, and too_large with this hint when the query takes too long.
   */
  async ask<T>(question: (tx: TransactionSql) => Promise<T>, hint: string): Promise<T> {
    const { pool, statementMs = longestMs } = this.#options;
    if (this.#turns.waiting >= mostWaiting)
      throw new DomainError("overloaded", "Too many queries that scan a whole project are waiting at the moment.", {
        retryAfterSeconds: 5,
      });
    const answer = this.#turns.take(() =>
      pool.begin(async (tx) => {
        await tx`select set_config('statement_timeout', ${String(statementMs)}, true)`;
        return { value: await question(tx) };
      }),
    );
    try {
      return (await answer).value as T;
    } catch (error) {
      if (databaseCodeOf(databaseErrorOf(error)) !== ended) throw error;
      throw new DomainError("too_large", `Scanning the whole project took longer than ${statementMs / 1_000} seconds.`, { hint });
    }
  }
}
