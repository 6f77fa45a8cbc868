import type { AlertLevel, AlertStep } from "./words";

/** One threshold, slow to believe: it turns only after the figure stood on the other side of it for long enough. */
type Gate = {
  readonly on: boolean;
  /** Since when the figure has stood on the other side without a break; null = it does not. */
  readonly turningSinceMs: number | null;
};

/** Where one subject of one rule stands. Survives JSON. */
export type AlertState = {
  /** When it last changed, epoch milliseconds; a reading from before it says nothing new. */
  readonly atMs: number;
  readonly warning: Gate;
  readonly alert: Gate;
  /** Too little was known to give a figure. */
  readonly missing: Gate;
  /** What people were told last. */
  readonly told: AlertLevel;
  /** Nobody is told of anything until then. */
  readonly mutedUntilMs: number | null;
};

export type AlertReading = {
  readonly atMs: number;
  /** null = too little is known. */
  readonly value: number | null;
};

export type AlertLimits = {
  /** A figure at or above it counts; null = there is no warning. */
  readonly warning: number | null;
  readonly alert: number;
  /** How long a figure must stand at a threshold before it counts, and below before it is over. */
  readonly forMs: number;
  readonly recoverMs: number;
};

const off: Gate = { on: false, turningSinceMs: null };

export const restingAlert: AlertState = { atMs: 0, warning: off, alert: off, missing: off, told: "ok", mutedUntilMs: null };

export function alertLevel({ warning, alert, missing }: AlertState): AlertLevel {
  if (missing.on) return "no-data";
  return alert.on ? "alert" : warning.on ? "warning" : "ok";
}

export function isMuted({ mutedUntilMs }: Pick<AlertState, "mutedUntilMs">, nowMs: number): boolean {
  return mutedUntilMs !== null && mutedUntilMs > nowMs;
}

/** Whether nothing of this state need be remembered. */
export function isResting({ warning, alert, missing, told, mutedUntilMs }: AlertState): boolean {
  const still = (gate: Gate) => !gate.on && gate.turningSinceMs === null;
  return still(warning) && still(alert) && still(missing) && told === "ok" && mutedUntilMs === null;
}

/**
 * Takes in one figure. `notice` is what people are to be told now, null = nothing: they are told exactly when what they were told
 * last is no longer so, never while it is muted. A reading that changes nothing, or is older than the state, gives the same state.
 */
export function readAlert(
  before: AlertState,
  reading: AlertReading,
  limits: AlertLimits,
): { readonly state: AlertState; readonly notice: AlertStep | null } {
  if (reading.atMs < before.atMs) return { state: before, notice: null };
  const state = unmutedWhenOver(turned(before, reading, limits), reading.atMs);
  const notice = isMuted(state, reading.atMs) ? null : alertStep(state.told, alertLevel(state));
  const told = notice === null ? state.told : alertLevel(state);
  if (state === before && notice === null) return { state: before, notice };
  return { state: { ...state, told, atMs: reading.atMs }, notice };
}

/** Nobody is told until `untilMs`; null = people are told again, beginning with the next reading. */
export function muteAlert(state: AlertState, untilMs: number | null, nowMs: number): AlertState {
  return { ...state, mutedUntilMs: untilMs, atMs: Math.max(state.atMs, nowMs) };
}

/** What going from one level to another is called; null = nothing that is worth telling. */
export function alertStep(from: AlertLevel, to: AlertLevel): AlertStep | null {
  if (from === to) return null;
  if (to === "ok") return "recovered";
  if (to === "no-data") return from === "ok" ? null : "no-data";
  if (from === "ok" || from === "no-data") return "fired";
  return to === "alert" ? "escalated" : "eased";
}

function turned(before: AlertState, { atMs, value }: AlertReading, limits: AlertLimits): AlertState {
  const { forMs, recoverMs } = limits;
  // A source that is silent for a blink is not one without data; one that is back is back at once.
  const missing = turn(before.missing, value === null, { atMs, riseMs: recoverMs, fallMs: 0 });
  const beyond = (threshold: number | null) => value !== null && threshold !== null && value >= threshold;
  const times = { atMs, riseMs: forMs, fallMs: recoverMs };
  const alert = value === null ? paused(before.alert) : turn(before.alert, beyond(limits.alert), times);
  // What is beyond the alert is beyond the warning.
  const warned = value === null ? paused(before.warning) : turn(before.warning, beyond(limits.warning) || beyond(limits.alert), times);
  if (missing === before.missing && alert === before.alert && warned === before.warning) return before;
  return { ...before, missing, alert, warning: warned };
}

type Times = { readonly atMs: number; readonly riseMs: number; readonly fallMs: number };

function turn(gate: Gate, beyond: boolean, { atMs, riseMs, fallMs }: Times): Gate {
  if (beyond === gate.on) return paused(gate);
  const sinceMs = gate.turningSinceMs ?? atMs;
  if (atMs - sinceMs >= (beyond ? riseMs : fallMs)) return { on: beyond, turningSinceMs: null };
  return gate.turningSinceMs === null ? { on: gate.on, turningSinceMs: atMs } : gate;
}

function paused(gate: Gate): Gate {
  return gate.turningSinceMs === null ? gate : { on: gate.on, turningSinceMs: null };
}

function unmutedWhenOver(state: AlertState, nowMs: number): AlertState {
  return state.mutedUntilMs === null || state.mutedUntilMs > nowMs ? state : { ...state, mutedUntilMs: null };
}
