import type { NewAlertRule } from "@/lib/core/alerts/rule";
import { ruleFaults, ruleLimits } from "@/lib/core/alerts/rule-faults";
import { type AlertKind, alertKinds, kindFacts } from "@/lib/core/alerts/words";
import type { Dialect } from "@/lib/core/dialect";
import { readDecimal } from "@/lib/core/format/read-decimal";

/** A rule as its form holds it. */
export type WrittenRule = {
  readonly name: string;
  readonly kind: AlertKind;
  readonly warning: string;
  readonly alert: string;
  readonly windowMinutes: string;
  readonly minRuns: string;
  readonly forMinutes: string;
  readonly recoverMinutes: string;
  readonly dialect: Dialect | "";
  readonly environment: string;
  readonly agent: string;
  readonly q: string;
  readonly channels: readonly string[];
};

const usual: Readonly<Record<AlertKind, readonly [warning: string, alert: string]>> = {
  "run-failed": ["1", "3"],
  "error-rate": ["10", "25"],
  waiting: ["5", "15"],
  stalled: ["", "10"],
  "no-data": ["", "30"],
  "budget-crossed": ["80", "100"],
};

const usualWindow = { windowMinutes: "15", minRuns: "5" } as const;

/** Another kind begins with its own usual figures: what it does not ask for is not seen either. */
export function asKind(text: string): Partial<WrittenRule> {
  const kind = alertKinds.find((one) => one === text) ?? "run-failed";
  return { kind, warning: usual[kind][0], alert: usual[kind][1], ...usualWindow, dialect: "", environment: "", agent: "" };
}

export function writtenOf(rule: NewAlertRule | null): WrittenRule {
  const given = (value: number | null) => (value === null ? "" : String(value));
  return {
    name: rule?.name ?? "",
    kind: rule?.kind ?? "run-failed",
    warning: rule ? given(rule.warning) : usual["run-failed"][0],
    alert: rule ? given(rule.alert) : usual["run-failed"][1],
    windowMinutes: rule ? given(rule.windowMinutes) : usualWindow.windowMinutes,
    minRuns: rule ? given(rule.minRuns) : usualWindow.minRuns,
    forMinutes: given((rule?.forSeconds ?? 0) / 60),
    recoverMinutes: given((rule?.recoverSeconds ?? 60) / 60),
    dialect: rule?.filter.dialect ?? "",
    environment: rule?.filter.environment ?? "",
    agent: rule?.filter.agent ?? "",
    q: rule?.filter.q ?? "",
    channels: rule?.channels ?? [],
  };
}

type FigureName = "warning" | "alert" | "windowMinutes" | "minRuns" | "forMinutes" | "recoverMinutes";

type Figure = {
  readonly name: FigureName;
  readonly label: string;
  readonly least: number;
  readonly most: number;
  /** Nothing written = none. */
  readonly optional?: boolean;
};

const unitWords = { runs: "failed runs", percent: "%", minutes: "minutes" } as const;
const smallest = 0.000_001;

/** The figures of a rule of this kind, in the order in which they are asked for. */
export function figuresOf(kind: AlertKind): readonly Figure[] {
  const { unit, windowed, most } = kindFacts[kind];
  const minutes = ({ least, most }: { readonly least: number; readonly most: number }) => ({ least: least / 60, most: most / 60 });
  return [
    { name: "warning", label: `Warning at (${unitWords[unit]})`, least: smallest, most, optional: true },
    { name: "alert", label: `Alert at (${unitWords[unit]})`, least: smallest, most },
    ...(windowed || kind === "budget-crossed"
      ? [{ name: "windowMinutes", label: "Window (minutes)", ...ruleLimits.windowMinutes } as const]
      : []),
    ...(kind === "error-rate" ? [{ name: "minRuns", label: "Minimum runs", ...ruleLimits.minRuns } as const] : []),
    { name: "forMinutes", label: "Held for (minutes)", ...minutes(ruleLimits.forSeconds) },
    { name: "recoverMinutes", label: "Recovers after (minutes)", ...minutes(ruleLimits.recoverSeconds) },
  ];
}

/** What is wrong with a figure as it is written; null = nothing. */
function figureFault({ name, label, least, most, optional }: Figure, text: string): string | null {
  if (text.trim() === "") return optional ? null : `"${label}" needs a number.`;
  const value = figure(text);
  const isWhole = name === "windowMinutes" || name === "minRuns";
  if (value >= least && value <= most && (!isWhole || Number.isInteger(value))) return null;
  const from = least === smallest ? "above 0 and at most" : `from ${least} to`;
  return `"${label}" must be a ${isWhole ? "whole " : ""}number ${from} ${most.toLocaleString("en")}.`;
}

const figure = (text: string) => Number(readDecimal(text) ?? Number.NaN);

/** A rule as it is written, as the API takes it, or why it is none yet. What a name may be, the server says. */
export function readRule(written: WrittenRule, enabled: boolean): { readonly rule: NewAlertRule } | { readonly fault: string } {
  if (written.name.trim() === "") return { fault: "Enter a name." };
  for (const each of figuresOf(written.kind)) {
    const fault = figureFault(each, written[each.name]);
    if (fault !== null) return { fault };
  }
  const named = (text: string) => (text.trim() === "" ? null : text.trim());
  const rule: NewAlertRule = {
    ...{ name: written.name.trim(), kind: written.kind, enabled, alert: figure(written.alert), channels: [...written.channels] },
    warning: written.warning.trim() === "" ? null : figure(written.warning),
    windowMinutes: figure(written.windowMinutes),
    minRuns: figure(written.minRuns),
    forSeconds: Math.round(figure(written.forMinutes) * 60),
    recoverSeconds: Math.round(figure(written.recoverMinutes) * 60),
    filter: {
      dialect: written.dialect === "" ? null : written.dialect,
      environment: named(written.environment),
      agent: named(written.agent),
      q: named(written.q),
    },
  };
  const [fault] = ruleFaults(rule);
  return fault ? { fault: fault.message } : { rule };
}
