import { storableText } from "@/lib/core/json-storable";
import type { BucketDelta } from "./buckets";
import { jsonText } from "./statements";

/** Of a delta. */
export const figures = ["n", "tk", "i", "u", "cr", "cw", "re", "rn", "en", "up"] as const;
type Figures = Record<(typeof figures)[number], number>;

/** What is booked in one or more places; a figure that is zero is left out. `s`, `a`, `o` and `ss` count where a place has them. */
export type UsageRow = Partial<Figures> &
  Pick<BucketDelta, "m" | "s" | "a" | "o"> & { /** Sum of the places. */ readonly p: number; readonly ss: string };

/** Sums per agent and model, and sums per session, each by minute, hour and day: bits of `UsageRow.p`. */
const places = [
  { bit: 1, seconds: 60, of: "parts" },
  { bit: 2, seconds: 3_600, of: "parts" },
  { bit: 4, seconds: 86_400, of: "parts" },
  { bit: 8, seconds: 60, of: "session" },
  { bit: 16, seconds: 3_600, of: "session" },
  { bit: 32, seconds: 86_400, of: "session" },
] as const;
const allPlaces = 63;

/** The JSON that the function `add_to_buckets` takes (db/functions); null when nothing is to be added. */
export function usageJson(deltas: readonly BucketDelta[]): string | null {
  return deltas.length === 0 ? null : jsonText(usageRows(deltas));
}

/**
 * The sums of what is booked together, so that the database has none to make: no two rows have a place in common. What the same
 * deltas add up to in several places is one row, and most batches lie within one minute.
 */
export function usageRows(deltas: readonly BucketDelta[]): UsageRow[] {
  const named = deltas.map(storable);
  const [first] = named;
  if (first !== undefined && named.length === 1) return [rowOf([first], allPlaces)];
  const keys = keysOf(named);
  const rows = new Map<string, { members: Named[]; places: number }>();
  for (const { bit, seconds, of } of places) {
    const groups = new Map<string, number[]>();
    for (const [index, { m }] of named.entries()) {
      const key = `${Math.floor(m / seconds)}/${keys[index]?.[of]}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [index]);
      else group.push(index);
    }
    for (const group of groups.values()) {
      const members = group.join();
      const row = rows.get(members);
      if (row === undefined) rows.set(members, { members: group.map((index) => named[index] as Named), places: bit });
      else row.places |= bit;
    }
  }
  return [...rows.values()].map((row) => rowOf(row.members, row.places));
}

type Named = BucketDelta & { readonly ss: string };

/** As the database will hold the names: two that differ only in what it cannot hold are one. */
function storable(delta: BucketDelta): Named {
  return { ...delta, a: storableName(delta.a), o: storableName(delta.o), ss: storableName(delta.ss ?? "") };
}

function storableName(name: string): string {
  return storableText(name, name.length);
}

/** A small number for each agent with its model and source, and for each session. */
function keysOf(deltas: readonly Named[]): { readonly parts: number; readonly session: number }[] {
  const known = { parts: new Map<string, number>(), session: new Map<string, number>() };
  const numberOf = (all: Map<string, number>, name: string) => {
    const number = all.get(name) ?? all.size;
    all.set(name, number);
    return number;
  };
  return deltas.map(({ s, a, o, ss }) => ({
    parts: numberOf(known.parts, JSON.stringify([s, a, o])),
    session: numberOf(known.session, ss),
  }));
}

function rowOf(members: readonly Named[], p: number): UsageRow {
  const { m, s, a, o, ss } = members[0] as Named;
  const row: UsageRow = { p, m, s, a, o, ss };
  for (const figure of figures) {
    const sum = boundedSum(members, figure);
    if (sum !== 0) row[figure] = sum;
  }
  return row;
}

const most = Number.MAX_SAFE_INTEGER;

/** At most the largest number that is exact, like the function `bounded_sum` of the database. */
function boundedSum(members: readonly Named[], figure: keyof Figures): number {
  let sum = 0;
  let exact = true;
  for (const member of members) {
    sum += member[figure];
    exact &&= Number.isSafeInteger(sum);
  }
  if (exact) return sum;
  // On the way a double would lose what comes back from beyond its bounds.
  const whole = members.reduce((all, member) => all + BigInt(member[figure]), 0n);
  return Number(whole > most ? BigInt(most) : whole < -most ? BigInt(-most) : whole);
}
