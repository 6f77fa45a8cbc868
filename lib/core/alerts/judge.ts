import { type AlertLimits, type AlertState, alertLevel, alertStep, isResting, readAlert, restingAlert } from "./machine";
import type { AlertLevel, AlertStep } from "./words";

/** What a rule found about one subject: a run, a source, a budget, or all runs together (key ""). */
export type Finding = {
  readonly key: string;
  readonly value: number | null;
  /** The subject's name. */
  readonly about: string | null;
  readonly runId: string | null;
  readonly seq: number | null;
  /** When it began by our clock, for conditions measured in time; null = now. */
  readonly sinceMs: number | null;
};

export type Judgement = {
  readonly key: string;
  /** null = nothing to remember. */
  readonly state: AlertState | null;
  readonly from: AlertLevel;
  readonly level: AlertLevel;
  /** The name of this step, even if nobody is notified; null = the level is unchanged. */
  readonly step: AlertStep | null;
  /** What people are notified of; null = nothing. */
  readonly notice: AlertStep | null;
  /** A mute expired. */
  readonly unmuted: boolean;
  readonly finding: Finding;
};

/**
 * What these findings change, given the remembered states. A remembered subject that was not found again now counts as well. Returns only
 * what is worth storing: a changed state, or a continuing alert with a new figure.
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
