import type { NewAlertRule } from "@/lib/core/alerts/rule";
import type { AlertKind } from "@/lib/core/alerts/words";
import { alertKinds } from "@/lib/core/alerts/words";
import type { Dialect } from "@/lib/core/dialect";

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

/** Another kind begins with its own usual thresholds. */
export function asKind(text: string): Partial<WrittenRule> {
  const kind = alertKinds.find((one) => one === text) ?? "run-failed";
  return { kind, warning: usual[kind][0], alert: usual[kind][1], dialect: "", environment: "", agent: "" };
}

export function writtenOf(rule: NewAlertRule | null): WrittenRule {
  const given = (value: number | null) => (value === null ? "" : String(value));
  return {
    name: rule?.name ?? "",
    kind: rule?.kind ?? "run-failed",
    warning: rule ? given(rule.warning) : usual["run-failed"][0],
    alert: rule ? given(rule.alert) : usual["run-failed"][1],
    windowMinutes: given(rule?.windowMinutes ?? 15),
    minRuns: given(rule?.minRuns ?? 5),
    forMinutes: given((rule?.forSeconds ?? 0) / 60),
    recoverMinutes: given((rule?.recoverSeconds ?? 60) / 60),
    dialect: rule?.filter.dialect ?? "",
    environment: rule?.filter.environment ?? "",
    agent: rule?.filter.agent ?? "",
    q: rule?.filter.q ?? "",
    channels: rule?.channels ?? [],
  };
}

/** As the API takes it; what is no figure stays none, for the schema to refuse. */
export function wantedOf(written: WrittenRule): object {
  const figure = (text: string) => (text.trim() === "" ? Number.NaN : Number(text.replace(",", ".")));
  const named = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    ...{ name: written.name, kind: written.kind, alert: figure(written.alert), channels: written.channels },
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
}
