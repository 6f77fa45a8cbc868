import { defaultFilter } from "cmdk";

/** What the palette knows the list of all runs by that have what was typed, whatever that was. */
export const everyRun = "every run";

/** Letters of it that are scattered over several words are no name that somebody meant; one that was left out scores three times as much. */
const leastScore = 0.05;

/** How well what the palette has fits what was typed; 0 = not shown. The list of all runs stands behind all that has such a name. */
export function rankOf(value: string, typed: string): number {
  if (value === everyRun) return Number.EPSILON;
  const score = defaultFilter(value, typed);
  return score < leastScore ? 0 : score;
}
