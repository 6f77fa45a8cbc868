import { storableText } from "@/lib/core/json-storable";
import type { BucketDelta } from "./buckets";
import { jsonText } from "./statements";

/** Of a delta. */
export const figures = ["n", "tk", "i", "u", "cr", "cw", "re", "rn", "en", "up"] as const;
type Figures = Record<(typeof figures)[number], number>;

/** What is added in one or more places; zero figures are left out. `s`, `a`, `o` and `ss` matter only in places that have them. */
export type UsageRow = Partial<Figures> &
  Pick<BucketDelta, "m" | "s" | "a" | "o"> & { /** Sum of the places' bits. */ readonly p: number; readonly ss: string };

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

/** The JSON input of the function `add_to_buckets` (db/functions); null when there is nothing to add. */
export function usageJson(deltas: readonly BucketDelta[]): string | null {
  return deltas.length === 0 ? null : jsonText(usageRows(deltas));
}

/**
 * Sums deltas that go to the same places, so that the database has nothing to sum: no two rows share a place. Deltas with the same sum in
 * several places become one row, and most batches lie within one minute.
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

/** Names as the database will store them: names that differ only in what it cannot store become equal. */
function storable(delta: BucketDelta): Named {
  return { ...delta, a: storableName(delta.a), o: storableName(delta.o), ss: storableName(delta.ss ?? "") };
}

function storableName(name: string): string {
  return storableText(name, name.length);
}

/** A small number for each combination of agent, model and source, and for each session. */
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

/** Clamped to the largest exact number, like the database function `bounded_sum`. */
function boundedSum(members: readonly Named[], figure: keyof Figures): number {
  let sum = 0;
  let exact = true;
  for (const member of members) {
    sum += member[figure];
    exact &&= Number.isSafeInteger(sum);
  }
  if (exact) return sum;
  // A double would lose precision if an intermediate sum exceeded its bounds.
  const whole = members.reduce((all, member) => all + BigInt(member[figure]), 0n);
  return Number(whole > most ? BigInt(most) : whole < -most ? BigInt(-most) : whole);
}
