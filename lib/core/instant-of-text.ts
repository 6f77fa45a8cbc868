import { isCalendarDay } from "./is-calendar-day";

const written = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/;

/**
 * A time as clients query by it, in epoch milliseconds: ISO 8601 as in events, also with a blank between date and time; without a zone it
 * is UTC. Undefined for anything else, and for a day that does not exist.
 */
export function instantOfText(text: string): number | undefined {
  const [, day, time, zone = "Z"] = written.exec(text.trim()) ?? [];
  if (day === undefined || !isCalendarDay(day)) return undefined;
  const offset = zone.length === 3 ? `${zone}:00` : zone.toUpperCase();
  const ms = Date.parse(time === undefined ? day : `${day}T${time.replace(",", ".")}${offset}`);
  return Number.isNaN(ms) ? undefined : ms;
}
