import { z } from "zod";
import { lookBackOf } from "../look-back";
import { type AlertLimits, type AlertReading, alertLevel, readAlert, restingAlert } from "./machine";
import type { NewAlertRule } from "./rule";

const minuteMs = 60_000;

/** What a rule would have reported, had it existed. */
export const AlertPreview = lookBackOf({ worst: z.enum(["warning", "alert"]) }).extend({
  alerts: z.number().int().describe("how many of those fired reached the alert threshold; the rest are warnings"),
});
export type AlertPreview = z.infer<typeof AlertPreview>;

export type PastAlert = { readonly atMs: number; readonly worst: "warning" | "alert" };

/** Replays readings through the same machine that judges live: one entry each time people would have been told that it fires. */
export function pastAlerts(readings: Iterable<AlertReading>, limits: AlertLimits): PastAlert[] {
  const past: PastAlert[] = [];
  let state = restingAlert;
  for (const reading of readings) {
    const next = readAlert(state, reading, limits);
    const [before, level] = [alertLevel(state), alertLevel(next.state)];
    state = next.state;
    if (level !== "warning" && level !== "alert") continue;
    const last = past.at(-1);
    if (before === "ok" || before === "no-data" || last === undefined) past.push({ atMs: reading.atMs, worst: level });
    else if (level === "alert") past[past.length - 1] = { ...last, worst: "alert" };
  }
  return past;
}

/** Runs that ended within a minute; `atMs` is its start. */
export type EndedMinute = { readonly atMs: number; readonly ended: number; readonly failed: number };

/** What a rule that counts runs would have read at the end of each minute. `minutes` are in order; minutes without runs may be omitted. */
export function* countReadings(
  minutes: readonly EndedMinute[],
  rule: Pick<NewAlertRule, "kind" | "windowMinutes" | "minRuns">,
  span: { readonly fromMs: number; readonly toMs: number },
): Generator<AlertReading> {
  const counted = { ended: 0, failed: 0, first: 0, next: 0 };
  const start = Math.floor(span.fromMs / minuteMs) * minuteMs;
  for (let atMs = start + minuteMs; atMs <= span.toMs + minuteMs; atMs += minuteMs) {
    for (let one = minutes[counted.next]; one !== undefined && one.atMs < atMs; one = minutes[counted.next]) {
      counted.ended += one.ended;
      counted.failed += one.failed;
      counted.next += 1;
    }
    for (
      let one = minutes[counted.first];
      one !== undefined && one.atMs < atMs - rule.windowMinutes * minuteMs;
      one = minutes[counted.first]
    ) {
      counted.ended -= one.ended;
      counted.failed -= one.failed;
      counted.first += 1;
    }
    const rate = counted.ended < rule.minRuns ? null : (counted.failed / counted.ended) * 100;
    yield { atMs, value: rule.kind === "run-failed" ? counted.failed : rate };
  }
}

/** What a rule that measures a duration would have read while the condition lasted: one reading at each moment that could decide. */
export function* lengthReadings(
  since: { readonly fromMs: number; readonly untilMs: number },
  limits: AlertLimits,
): Generator<AlertReading> {
  const { warning, alert, forMs } = limits;
  const length = since.untilMs - since.fromMs;
  const marks = [warning ?? alert, alert].flatMap((threshold) => [threshold * minuteMs, threshold * minuteMs + forMs]);
  for (const ms of [...new Set(marks)].filter((mark) => mark <= length).sort((a, b) => a - b))
    yield { atMs: since.fromMs + ms, value: ms / minuteMs };
}
