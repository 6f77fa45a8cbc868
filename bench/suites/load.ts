import type { PumpResult, PumpTask } from "../load/pump";
import { runRole } from "../process/role";
import type { Context } from "./suite";

export type Part = Pick<PumpTask, "runPrefix" | "durationMs"> & Partial<PumpTask>;

export function taskOf({ product }: Context, part: Part): PumpTask {
  return { port: product.port, key: product.key, connections: 32, eventsPerRequest: 1, runs: 200, ...part };
}

/** Loads the server and checks that what it acknowledged is what it holds. */
export async function load(context: Context, part: Part): Promise<PumpResult> {
  const result = await runRole<PumpResult>("pump", taskOf(context, part));
  const [row] = await context.database`
    select coalesce(sum(last_seq), 0)::int as stored from runs where external_id like ${`${part.runPrefix}-%`}`;
  if (row?.stored !== result.events || result.refused > 0)
    throw new Error(`${result.events} events acknowledged, ${result.refused} refused, ${row?.stored} stored`);
  return result;
}

/** Events a second; of a server that stores none, requests a second. */
export function speed(result: PumpResult): number {
  return (result.events || result.requests) / result.seconds;
}

export function rate(result: PumpResult | undefined): string {
  return result ? `${Math.round(speed(result))}/s` : "";
}
