import { isCalendarDay } from "../is-calendar-day";
import type { ValueProblem } from "./bound";

/** The earliest instant that a query covers, epoch milliseconds. */
export type Since = { readonly fromMs: number };

const unitMs: Readonly<Record<string, number>> = { m: 60e3, h: 3_600e3, d: 86_400e3, w: 7 * 86_400e3 };
const date = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z?)?$/i;
const expected = "expected a length of time (30m, 24h, 7d, 2w) or a date (2026-01-05), UTC";

/** Reads `24h` or a date; a length counts back from `nowMs`. */
export function parseSince(text: string, nowMs: number): Since | ValueProblem {
  const length = /^(\d{1,6})([mhdw])$/i.exec(text);
  const factor = unitMs[length?.[2]?.toLowerCase() ?? ""];
  if (length && factor !== undefined) return { fromMs: Math.max(0, nowMs - Number(length[1]) * factor) };
  if (date.test(text) && isCalendarDay(text)) {
    const iso = text.toUpperCase();
    const fromMs = Date.parse(iso.includes("T") && !iso.endsWith("Z") ? `${iso}Z` : iso);
    // There is nothing before 1970 to find.
    if (!Number.isNaN(fromMs)) return { fromMs: Math.max(0, fromMs) };
  }
  return { at: 0, length: Math.max(1, text.length), message: expected };
}
