import type { Json } from "../../core/json";

const pattern = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?([Zz]|[+-]\d\d(?::?\d\d)?)?$/;
/** 9999-12-31T23:59:59.999Z, the last instant that RFC 3339 can write. */
const lastMs = 253_402_300_799_999;
/** Below the first a number is seconds (until the year 5138), then milliseconds, microseconds, nanoseconds (each from March 1973). */
const unitsInMs: readonly (readonly [below: number, ms: number])[] = [
  [1e11, 1e3],
  [1e14, 1],
  [1e17, 1e-3],
  [1e20, 1e-6],
];
/** An epoch as text has the digits of its unit today: a date without dashes (20261121040000) has others. */
const epochText = /^(?:\d{10}(?:\.\d+)?|\d{13}(?:\.\d+)?|\d{16}|\d{19})$/;

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 0);
}

function offsetMs(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === "Z" || zone === "z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(":", ""));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function bounded(ms: number): number | undefined {
  return ms >= 0 && ms <= lastMs ? ms : undefined;
}

/** The number that `count` digits at `from` write; NaN when they are not all digits. */
function digitsAt(text: string, from: number, count: number): number {
  let number = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** As JavaScript writes it, which is how nearly every event does: a tenth of the work of the pattern. NaN when it is written otherwise. */
function instantOfIso(text: string): number | undefined {
  const looks = text.length === 24 && text[4] === "-" && text[7] === "-" && text[10] === "T" && text[13] === ":" && text[16] === ":";
  if (!looks || text[19] !== "." || text[23] !== "Z") return Number.NaN;
  const [year, month, day] = [digitsAt(text, 0, 4), digitsAt(text, 5, 2), digitsAt(text, 8, 2)];
  const [hour, minute, second] = [digitsAt(text, 11, 2), digitsAt(text, 14, 2), digitsAt(text, 17, 2)];
  const ms = digitsAt(text, 20, 3);
  return Number.isNaN(year + month + day + hour + minute + second + ms)
    ? undefined
    : instant({ year, month, day, hour, minute, second, ms }, 0);
}

function instantOfText(text: string): number | undefined {
  const plain = instantOfIso(text);
  if (!Number.isNaN(plain)) return plain;
  const match = pattern.exec(text.trim());
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((digits = "0") => Number(digits));
  const offset = offsetMs(match[8]);
  if (offset === undefined) return undefined;
  const ms = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  return instant({ year, month, day, hour, minute, second, ms }, offset);
}

type Written = Readonly<Record<"year" | "month" | "day" | "hour" | "minute" | "second" | "ms", number>>;

function instant({ year, month, day, hour, minute, second, ms }: Written, offset: number): number | undefined {
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 60 || (second === 60 && minute !== 59)) return undefined;
  return bounded(Date.UTC(year, month - 1, day, hour, minute, second, ms) - offset);
}

/**
 * A moment in epoch milliseconds: ISO 8601 with a fraction of any length (cut to milliseconds), a time without a zone read as UTC,
 * or an epoch in seconds, milliseconds, microseconds or nanoseconds, as a number or as text. Days that do not exist, and times before 1970 (the zero time of Go is the year 1), give undefined.
 */
export function instantOf(value: Json | undefined): number | undefined {
  if (typeof value === "string") return epochText.test(value) ? instantOfNumber(Number(value)) : instantOfText(value);
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? instantOfNumber(value) : undefined;
}

function instantOfNumber(value: number): number | undefined {
  const factor = unitsInMs.find(([below]) => value < below)?.[1];
  if (factor === undefined) return undefined;
  return bounded(factor > 1 ? Math.round(value * factor) : Math.floor(value * factor));
}
