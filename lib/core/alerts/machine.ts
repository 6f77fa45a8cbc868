import type { AlertLevel, AlertStep } from "./words";

/** One threshold with hysteresis: it turns only after the figure has stayed on the other side for long enough. */
type Gate = {
  readonly on: boolean;
  /** Since when the figure has been continuously on the other side; null = it is not. */
  readonly turningSinceMs: number | null;
};

/** The state of one subject of one rule. Survives JSON. */
export type AlertState = {
  /** When it last changed, epoch milliseconds; older readings are ignored. */
  readonly atMs: number;
  readonly warning: Gate;
  readonly alert: Gate;
  /** There was too little data for a figure. */
  readonly missing: Gate;
  /** What people were last told. */
  readonly told: AlertLevel;
  /** Nobody is notified until then. */
  readonly mutedUntilMs: number | null;
};

export type AlertReading = {
  readonly atMs: number;
  /** null = too little data. */
  readonly value: number | null;
};

export type AlertLimits = {
  /** A figure at or above it counts; null = no warning threshold. */
  readonly warning: number | null;
  readonly alert: number;
  /** How long a figure must stay at or above a threshold before it counts, and below it before it is over. */
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

/** Whether this state can be forgotten. */
export function isResting({ warning, alert, missing, told, mutedUntilMs }: AlertState): boolean {
  const still = (gate: Gate) => !gate.on && gate.turningSinceMs === null;
  return still(warning) && still(alert) && still(missing) && told === "ok" && mutedUntilMs === null;
}

/**
 * Takes in one reading. `notice` is what people must be told now, null = nothing: they are told exactly when what they were last told no
 * longer holds, and never while muted. A reading that changes nothing, or is older than the state, returns the same state.
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

/** Mutes notifications until `untilMs`; null = unmutes, starting with the next reading. */
export function muteAlert(state: AlertState, untilMs: number | null, nowMs: number): AlertState {
  return { ...state, mutedUntilMs: untilMs, atMs: Math.max(state.atMs, nowMs) };
}

/** The name of the change from one level to another; null = nothing worth telling. */
export function alertStep(from: AlertLevel, to: AlertLevel): AlertStep | null {
  if (from === to) return null;
  if (to === "ok") return "recovered";
  if (to === "no-data") return from === "ok" ? null : "no-data";
  if (from === "ok" || from === "no-data") return "fired";
  return to === "alert" ? "escalated" : "eased";
}

function turned(before: AlertState, { atMs, value }: AlertReading, limits: AlertLimits): AlertState {
  const { forMs, recoverMs } = limits;
  // A brief silence is not missing data; a source that returns is back at once.
  const missing = turn(before.missing, value === null, { atMs, riseMs: recoverMs, fallMs: 0 });
  const beyond = (threshold: number | null) => value !== null && threshold !== null && value >= threshold;
  const times = { atMs, riseMs: forMs, fallMs: recoverMs };
  const alert = value === null ? paused(before.alert) : turn(before.alert, beyond(limits.alert), times);
  // Beyond the alert threshold is beyond the warning too.
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
