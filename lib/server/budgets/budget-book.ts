import { isDeepStrictEqual } from "node:util";
import type { Pool } from "@/db/client";
import { type BudgetRule, type Way, waysOf } from "@/lib/core/budgets/charge";

/** The lowest totals of a count at which a budget has something new to report; null = never. */
export type Marks = { readonly tokens: bigint | null; readonly dollars: bigint | null };

/** A project's budgets as the append needs them, with what this process knows of their counts. */
export type BudgetBook = { readonly rules: readonly BudgetRule[]; readonly ways: readonly Way[]; readonly marks: MarkMemory };

const mostMarks = 20_000;

/**
 * What a count must reach before it has news. A mark may be lower than necessary: the batch is then planned again and finds nothing. It is
 * never higher, because it is learnt only from a commit that reported everything below it.
 */
export class MarkMemory {
  readonly #marks = new Map<string, Marks>();

  get(place: string): Marks | undefined {
    return this.#marks.get(place);
  }

  learn(marks: ReadonlyMap<string, Marks>): void {
    for (const [place, found] of marks) this.#marks.set(place, found);
    for (const oldest of this.#marks.keys()) {
      if (this.#marks.size <= mostMarks) return;
      this.#marks.delete(oldest);
    }
  }
}

export function budgetBook(rules: readonly BudgetRule[]): BudgetBook {
  return { rules, ways: waysOf(rules), marks: new MarkMemory() };
}

export async function readBudgetBook(pool: Pool, projectId: string): Promise<BudgetBook> {
  const rows = await pool`
    select id, name, scope, target, unit, amount, "window", thresholds from budgets where project_id = ${projectId} order by id`;
  return budgetBook(rows.map((row) => ({ ...(row as unknown as BudgetRule), amount: Number(row.amount) })));
}

/** What is known of the counts stays valid as long as the budgets are the same. */
export function isSameBook(a: BudgetBook, b: BudgetBook): boolean {
  return isDeepStrictEqual(a.rules, b.rules);
}
