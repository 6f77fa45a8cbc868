import type { BudgetAction, BudgetScope, BudgetUnit, BudgetWindow } from "@/lib/core/budgets/words";
import { formatMoney } from "@/lib/core/format/format-money";
import { isTerminal, runStatuses } from "@/lib/core/run/status";
import { requestControl } from "../control/request-control";
import { DomainError } from "../errors";
import { services } from "../services";

const batch = 20;
/** A crossing asks no more runs than this. */
const mostRuns = 500;

type Due = {
  readonly project_id: string;
  readonly budget_id: string;
  readonly window_ms: string;
  readonly key: string;
  readonly threshold: number;
  readonly run_id: string;
  readonly name: string;
  readonly scope: BudgetScope;
  readonly unit: BudgetUnit;
  readonly amount: string;
  readonly window: BudgetWindow;
  readonly action: Exclude<BudgetAction, "notify">;
};

/**
 * Asks the runs that a crossed budget counts to pause or stop. A crossing is done once all were asked; what a crash leaves half
 * done is asked again, which changes nothing where it was asked already. Gives how many crossings there were.
 */
export async function actOnCrossings(): Promise<number> {
  let acted = 0;
  while (acted < batch && (await actOnNext())) acted += 1;
  return acted;
}

/**
 * False when nothing is left. The crossing is held while its runs are asked: another process that asked too, a moment later, would pause
 * again what a person has let go on since.
 */
function actOnNext(): Promise<boolean> {
  const { pool, now } = services();
  return pool.begin(async (tx) => {
    const [due] = await tx<Due[]>`
      select c.project_id, c.budget_id, c.window_ms, c.key, c.threshold, c.run_id, b.name, b.scope, b.unit, b.amount, b."window", b.action
      from budgets b join budget_crossings c on c.project_id = b.project_id and c.budget_id = b.id
      where b.action <> 'notify' and c.threshold >= b.action_at and c.acted_at_ms is null order by c.at_ms limit 1 for update of c skip locked`;
    if (!due) return false;
    const { asked, refused } = await ask(due);
    await tx`
      update budget_crossings set acted_at_ms = ${now()}, asked = ${asked}, refused = ${refused}
      where project_id = ${due.project_id} and budget_id = ${due.budget_id} and window_ms = ${due.window_ms}
        and key = ${due.key} and threshold = ${due.threshold}`;
    return true;
  });
}

async function ask(crossing: Due): Promise<{ readonly asked: number; readonly refused: number }> {
  const counts = { asked: 0, refused: 0 };
  for (const id of await countedRuns(crossing)) {
    try {
      await requestControl(
        { projectId: crossing.project_id, id },
        { action: crossing.action, reason: reasonOf(crossing), asker: { name: `budget ${crossing.name}` } },
      );
      counts.asked += 1;
    } catch (error) {
      // Ended meanwhile, or nobody can control it: the next one may be asked all the same.
      if (!(error instanceof DomainError)) throw error;
      counts.refused += 1;
    }
  }
  return counts;
}

const underWay = runStatuses.filter((status) => !isTerminal(status));

/** The runs under way that the budget counts; the one whose event crossed is among them. */
async function countedRuns({ project_id, scope, key, run_id }: Due): Promise<string[]> {
  const { pool } = services();
  const counted = {
    run: pool`id = ${run_id}`,
    session: pool`session_id = ${key}`,
    agent: pool`(agent = ${key} or id = ${run_id})`,
    project: pool`true`,
  }[scope];
  const rows = await pool<{ id: string }[]>`
    select id from runs where project_id = ${project_id} and kind = 'run' and status in ${pool(underWay)} and ${counted} order by id desc limit ${mostRuns}`;
  return rows.map((row) => row.id);
}

function reasonOf({ name, threshold, unit, amount, window }: Due): string {
  const limit = unit === "dollars" ? formatMoney(Number(amount)) : `${Number(amount).toLocaleString("en")} tokens`;
  return `${threshold} % of the budget ${name} (${limit}${window === "total" ? "" : ` a ${window}`}) is spent`;
}
