import type { Pool } from "@/db/client";
import type { BudgetRule } from "@/lib/core/budgets/charge";

type Known = { rules: Promise<readonly BudgetRule[]>; readAtMs: number; reading: boolean };

/** A budget that another process made counts after this long. */
const freshMs = 1_000;

/** The budgets of each project as the append needs them: read once, then renewed beside the appends, which never wait for it. */
export class BudgetRules {
  readonly #pool: Pool;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();

  constructor(pool: Pool, now: () => number) {
    this.#pool = pool;
    this.#now = now;
  }

  of(projectId: string): Promise<readonly BudgetRule[]> {
    const known = this.#known.get(projectId);
    if (!known) return this.renew(projectId);
    if (!known.reading && this.#now() - known.readAtMs >= freshMs) {
      known.reading = true;
      // What is known stays in force while the database does not answer.
      void this.renew(projectId).catch(() => {});
    }
    return known.rules;
  }

  /** Reads them again; appends that begin after it resolved know what it found. */
  async renew(projectId: string): Promise<readonly BudgetRule[]> {
    const before = this.#known.get(projectId);
    try {
      const rules = await this.#read(projectId);
      this.#known.set(projectId, { rules: Promise.resolve(rules), readAtMs: this.#now(), reading: false });
      return rules;
    } catch (error) {
      if (before) before.reading = false;
      throw error;
    }
  }

  async #read(projectId: string): Promise<readonly BudgetRule[]> {
    const rows = await this.#pool`
      select id, name, scope, target, unit, amount, "window", thresholds from budgets where project_id = ${projectId} order by id`;
    return rows.map((row) => ({ ...(row as unknown as BudgetRule), amount: Number(row.amount) }));
  }
}
