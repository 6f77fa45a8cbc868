import type { Json, JsonObject } from "../json";

/** Set as soon as JSON.stringify meets a value that it cannot write as it was read. */
export const met = { exact: false };

/**
 * A number that a double does not give back as it was written: 9007199254740993, -0, 1e400, 1.0. Where arithmetic needs a number it is
 * the nearest double; its text is the literal. It stands in a `Json` where a number would: whoever reads numbers of a sender's JSON
 * takes them through `firstRead`.
 */
export class ExactNumber extends Number {
  constructor(readonly literal: string) {
    super(literal);
  }
  override toString(): string {
    return this.literal;
  }
  get toJSON(): undefined {
    met.exact = true;
    return undefined;
  }
}

/**
 * An object in which a key stands more than once, or keys that are numbers elsewhere than in front in their order: by name it answers
 * with the last value, as JSON.parse does; `entriesOf` gives all as they were written.
 */
export class WrittenKeys {
  readonly #entries: readonly Entry[];

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
    // A getter also for a key named toJSON, which would hide ours.
    for (const [key, value] of entries)
      Object.defineProperty(this, key, {
        enumerable: true,
        configurable: true,
        ...(key === "toJSON" ? { get: () => seen(value) } : { value, writable: true }),
      });
  }
  get toJSON(): undefined {
    met.exact = true;
    return undefined;
  }
  static entriesOf(object: WrittenKeys): readonly Entry[] {
    return object.#entries;
  }
}

/** JSON that goes out as it is written. */
export class JsonText {
  constructor(readonly text: string) {}
  get toJSON(): undefined {
    met.exact = true;
    return undefined;
  }
}

export type Entry = readonly [key: string, value: Json];

function seen(value: Json): Json {
  met.exact = true;
  return value;
}

/** The keys and values of an object as they were written, repeated ones too. */
export function entriesOf(object: object): readonly Entry[] {
  return object instanceof WrittenKeys ? WrittenKeys.entriesOf(object) : (Object.entries(object) as Entry[]);
}

/** The object with these entries; none of them is lost, nor its place. */
export function objectOf(entries: readonly Entry[]): JsonObject {
  // fromEntries defines own properties, so that a key named __proto__ stays a key.
  const object = Object.fromEntries(entries) as JsonObject;
  const keys = Object.keys(object);
  const isWhole = keys.length === entries.length && keys.every((key, index) => key === entries[index]?.[0]);
  return isWhole ? object : (new WrittenKeys(entries) as unknown as JsonObject);
}
