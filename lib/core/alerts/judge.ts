import { type AlertLimits, type AlertState, alertLevel, alertStep, isResting, readAlert, restingAlert } from "./machine";
import type { AlertLevel, AlertStep } from "./words";

/** What a rule found about one thing that it watches: a run, a source, a budget, or all runs together (key ""). */
export type Finding = {
  readonly key: string;
  readonly value: number | null;
  /** Name of what it is about. */
  readonly about: string | null;
  readonly runId: string | null;
  readonly seq: number | null;
  /** Where it began by our clock, for what is measured in time; null = now. */
  readonly sinceMs: number | null;
};

export type Judgement = {
  readonly key: string;
  /** null = nothing need be remembered. */
  readonly state: AlertState | null;
  readonly from: AlertLevel;
  readonly level: AlertLevel;
  /** What this step is called, also where nobody is told; null = the level is as before. */
  readonly step: AlertStep | null;
  /** What people are told, null = nothing. */
  readonly notice: AlertStep | null;
  /** A mute ran out. */
  readonly unmuted: boolean;
  readonly finding: Finding;
};

/**
 * What these findings change, given what is remembered. What is remembered of a thing that was not found again is well now. Gives
 * only what is worth writing down: another state, or an alert that goes on with another figure.
 */
export function judge(
  found: readonly Finding[],
  known: ReadonlyMap<string, AlertState>,
  rule: { readonly limits: AlertLimits; readonly nowMs: number },
): Judgement[] {
  const keys = new Set(found.map(({ key }) => key));
  const gone = [...known.keys()].filter((key) => !keys.has(key)).map((key): Finding => ({ ...nothing, key }));
  return [...found, ...gone].flatMap((finding) => {
    const before = known.get(finding.key) ?? restingAlert;
    const { state, notice } = readAlert(before, { atMs: rule.nowMs, value: finding.value }, rule.limits);
    const [from, level] = [alertLevel(before), alertLevel(state)];
    if (state === before && level === "ok") return [];
    const step = alertStep(from, level) ?? (notice === null ? null : "reminded");
    const unmuted = before.mutedUntilMs !== null && state.mutedUntilMs === null;
    return [{ key: finding.key, state: isResting(state) ? null : state, from, level, step, notice, unmuted, finding }];
  });
}

const nothing: Omit<Finding, "key"> = { value: 0, about: null, runId: null, seq: null, sinceMs: null };
