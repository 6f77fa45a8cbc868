import type { Json, JsonObject } from "../json";

/** Set once JSON.stringify meets a value that it cannot write as it was read. */
export const met = { exact: false };

/**
 * A number that a double does not reproduce as written: 9007199254740993, -0, 1e400, 1.0. In arithmetic it is the nearest double; its text
 * is the literal. It takes a number's place in a `Json`: code that reads numbers from a sender's JSON gets them through `firstRead`.
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
 * An object with repeated keys, or with numeric keys out of JavaScript's order: by name it returns the last value, as JSON.parse does;
 * `entriesOf` returns all entries as written.
 */
export class WrittenKeys {
  readonly #entries: readonly Entry[];

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
    // A key named toJSON also needs a getter, or it would hide ours.
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

/** JSON that is output verbatim. */
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

/** An object's keys and values as written, including repeated ones. */
export function entriesOf(object: object): readonly Entry[] {
  return object instanceof WrittenKeys ? WrittenKeys.entriesOf(object) : (Object.entries(object) as Entry[]);
}

/** The object with these entries; none is lost or moved. */
export function objectOf(entries: readonly Entry[]): JsonObject {
  // fromEntries defines own properties, so a key named __proto__ stays a key.
  const object = Object.fromEntries(entries) as JsonObject;
  const keys = Object.keys(object);
  const isWhole = keys.length === entries.length && keys.every((key, index) => key === entries[index]?.[0]);
  return isWhole ? object : (new WrittenKeys(entries) as unknown as JsonObject);
}
