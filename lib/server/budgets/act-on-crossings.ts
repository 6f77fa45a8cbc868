import { databaseErrorOf, isDatabaseGone } from "@/db/client";
import { formatMoney } from "@/lib/core/format/format-money";
import { signedFor } from "@/lib/core/members/signatures";
import { requestControl } from "../control/request-control";
import { DomainError } from "../errors";
import { services } from "../services";
import { someAtOnce } from "../some-at-once";
import { type DueCrossing, runsToAsk, stepRuns, takeNew, takeStanding } from "./due-crossings";

const batch = 20;

/**
 * Asks the runs counted by a crossed budget to pause or stop: those under way when it is crossed, and those that start while it stays
 * crossed. A crossing asks a run once, so a run that a person resumed keeps going, and what a crash left half done is finished. A crossing
 * with a run that could not be asked is left for the next round, behind the others. Once `isStopping`, the rest is left to whoever acts
 * next. Returns how many crossings there were.
 */
export async function actOnCrossings(isStopping: () => boolean = () => false): Promise<number> {
  const later: DueCrossing[] = [];
  let acted = 0;
  while (acted < batch && !isStopping() && (await actOnNext(isStopping, later))) acted += 1;
  return acted - later.length;
}

/**
 * False when nothing is left. The crossing stays locked while its runs are asked: otherwise another process, asking a moment later, would
 * pause again what a person has resumed since.
 */
function actOnNext(isStopping: () => boolean, later: DueCrossing[]): Promise<boolean> {
  const { pool, now } = services();
  return pool.begin(async (tx) => {
    const due = (await takeNew(tx, later)) ?? (await takeStanding(tx, now(), later));
    if (!due) return false;
    for (let full = true; full; ) {
      const runs = await runsToAsk(tx, due, now());
      const asked = await someAtOnce(runs, (run) => (isStopping() ? Promise.resolve(true) : tryAsk(due, run)));
      if (isStopping()) return false;
      full = runs.length === stepRuns && asked.includes(true);
      if (full || !asked.includes(false)) continue;
      later.push(due);
      return true;
    }
    const { project_id, budget_id, window_ms, key, threshold } = due;
    await tx`
      with asks as (
        select refusal from budget_asks where project_id = ${project_id} and budget_id = ${budget_id} and window_ms = ${window_ms}
          and key = ${key} and threshold = ${threshold}
      )
      update budget_crossings set acted_at_ms = coalesce(acted_at_ms, ${now()}),
        asked = (select count(*) from asks where refusal is null), refused = (select count(*) from asks where refusal is not null)
      where project_id = ${project_id} and budget_id = ${budget_id} and window_ms = ${window_ms} and key = ${key} and threshold = ${threshold}`;
    return true;
  });
}

/** False if the run could not be asked. Throws if the database is gone, because the next run would fail too. */
async function tryAsk(due: DueCrossing, runId: string): Promise<boolean> {
  try {
    await ask(due, runId);
    return true;
  } catch (error) {
    if (isDatabaseGone(databaseErrorOf(error)) || error instanceof DomainError) throw error;
    services().log.warn({ err: error, run: runId }, "a crossed budget could not send its control request to a run, it will retry");
    return false;
  }
}

/**
 * Recorded at once, outside the transaction that locks the crossing, so that the requests sent are known even if that transaction never
 * ends.
 */
async function ask(due: DueCrossing, runId: string): Promise<void> {
  const { pool, now } = services();
  const { project_id, budget_id, window_ms, key, threshold } = due;
  const refusal = await requestControl(
    { projectId: project_id, id: runId },
    { action: due.action, reason: reasonOf(due), asker: { name: `${signedFor.budget} ${due.name}` } },
  ).then(
    () => null,
    (error) => {
      // The run has ended, or nobody can control it: continue with the next one.
      if (error instanceof DomainError && error.code !== "unavailable") return error.code;
      throw error;
    },
  );
  await pool`
    insert into budget_asks (project_id, budget_id, window_ms, key, threshold, run_id, refusal, at_ms)
    values (${project_id}, ${budget_id}, ${window_ms}, ${key}, ${threshold}, ${runId}, ${refusal}, ${now()})
    on conflict (project_id, budget_id, window_ms, key, threshold, run_id) do update set refusal = excluded.refusal, at_ms = excluded.at_ms`;
}

function reasonOf({ name, threshold, unit, amount, window }: DueCrossing): string {
  const limit = unit === "dollars" ? formatMoney(Number(amount)) : `${Number(amount).toLocaleString("en")} tokens`;
  return `${threshold} % of the budget ${name} (${limit}${window === "total" ? "" : ` a ${window}`}) is used`;
}
