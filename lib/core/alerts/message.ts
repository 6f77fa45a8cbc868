import { type AlertKind, type AlertLevel, type AlertStep, kindFacts } from "./words";

/** What people are told, on every channel. Times in epoch milliseconds. */
export type AlertMessage = {
  readonly alertId: string;
  readonly ruleId: string;
  readonly ruleName: string;
  readonly kind: AlertKind;
  readonly step: AlertStep;
  readonly level: AlertLevel;
  readonly value: number | null;
  readonly threshold: number;
  readonly windowMinutes: number;
  readonly about: string | null;
  readonly runId: string | null;
  readonly atMs: number;
  /** Where people can see it. */
  readonly alertUrl: string;
  readonly runUrl: string | null;
  /** A test of the channel; nothing is firing. */
  readonly isTest?: boolean;
};

const stepWords: Readonly<Record<AlertStep, string>> = {
  fired: "Firing",
  escalated: "Worse",
  eased: "Improved",
  "no-data": "No data",
  recovered: "Recovered",
  reminded: "Still firing",
  acknowledged: "Acknowledged",
  muted: "Muted",
  unmuted: "No longer muted",
  ended: "Ended",
};

/** "Firing: Failed runs". */
export function headlineOf({ step, ruleName, isTest }: Pick<AlertMessage, "step" | "ruleName" | "isTest">): string {
  return `${isTest ? "Test" : stepWords[step]}: ${ruleName}`;
}

type Figures = Pick<AlertMessage, "kind" | "value" | "threshold" | "windowMinutes">;

/** What was found, as one clause: "3 failed runs in 15 minutes, threshold 1". null = nothing is known. */
export function figureWords({ kind, value, threshold, windowMinutes }: Figures): string | null {
  if (value === null) return null;
  switch (kind) {
    case "run-failed":
      return `${counted(value, "failed run")} in ${windowWords(windowMinutes)}, threshold ${threshold}`;
    case "error-rate":
      return `${short(value)} % of the runs that ended in the last ${windowWords(windowMinutes)} failed, threshold ${short(threshold)} %`;
    case "waiting":
      return `waiting for a human for ${lengthWords(value)}, threshold ${lengthWords(threshold)}`;
    case "stalled":
      return `silent for ${lengthWords(value)}, threshold ${lengthWords(threshold)}`;
    case "no-data":
      return `no events for ${lengthWords(value)}, threshold ${lengthWords(threshold)}`;
    case "budget-crossed":
      return `crossed ${short(value)} %, threshold ${short(threshold)} %`;
  }
}

/**
 * What the alert is about. A rule that counts runs is about all of them; the run it names is only the latest it counted. null = nothing.
 */
export function aboutWords({ kind, about }: Pick<AlertMessage, "kind" | "about">): string | null {
  return about && kindFacts[kind].windowed ? `Last failed: ${about}` : about;
}

/** The message below its headline, one fact per line. */
export function messageLines(message: Figures & Pick<AlertMessage, "step" | "about">): string[] {
  const figure = message.step === "recovered" || message.step === "ended" ? null : figureWords(message);
  return [aboutWords(message), figure].filter((line): line is string => line !== null && line !== "");
}

const endsSentence = /[.!?\u2026\u3002\uFF01\uFF1F]["')\]]?$/u;

/** The whole message in one line. Names and titles may already end with a full stop. */
export function summaryOf(message: AlertMessage): string {
  const said = [headlineOf(message), ...messageLines(message)];
  return said.map((words, at) => (at === said.length - 1 || endsSentence.test(words) ? words : `${words}.`)).join(" ");
}

/** Minutes in words: "45 s", "4 min", "4 min 05 s", "2 h 5 min". */
export function lengthWords(minutes: number): string {
  // Seconds expressed in minutes are slightly off in floating point.
  const inSeconds = Math.floor(minutes * 60 + 1e-6);
  if (inSeconds < 60) return `${inSeconds} s`;
  const [whole, seconds] = [Math.floor(inSeconds / 60), inSeconds % 60];
  if (whole < 60) return seconds > 0 ? `${whole} min ${String(seconds).padStart(2, "0")} s` : `${whole} min`;
  const [hours, rest] = [Math.floor(whole / 60), whole % 60];
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

function windowWords(minutes: number): string {
  return minutes < 60 ? counted(minutes, "minute") : lengthWords(minutes);
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
