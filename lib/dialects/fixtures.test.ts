import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CanonicalEvent } from "../core/events/canonical";
import { canonicalTypes } from "../core/events/canonical";
import type { LoggedEvent } from "../core/events/logged";
import type { Json, JsonObject } from "../core/json";
import { type Address, type Incoming, isRefusal, type Refusal } from "./contract";
import { crewship, crewshipCatalogue, crewshipEncoder } from "./crewship";
import { powabase, powabaseCatalogue, powabaseEncoder } from "./powabase";
import { resonant, resonantCatalogue, resonantEncoder } from "./resonant";

type Fixture = {
  readonly name: string;
  readonly origin: "seed" | "real";
  readonly incoming: Incoming;
  readonly address: Address | Refusal;
  readonly event: CanonicalEvent;
};

const systems = [
  { adapter: powabase, catalogue: powabaseCatalogue, encoder: powabaseEncoder },
  { adapter: crewship, catalogue: crewshipCatalogue, encoder: crewshipEncoder },
  { adapter: resonant, catalogue: resonantCatalogue, encoder: resonantEncoder },
].map((system) => ({ ...system, name: system.adapter.dialect, fixtures: fixturesOf(system.adapter.dialect) }));

function fixturesOf(dialect: string): readonly Fixture[] {
  const folder = fileURLToPath(new URL(`./${dialect}/fixtures/`, import.meta.url));
  return readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(`${folder}${file}`, "utf8")) as Fixture[]);
}

function logged(event: CanonicalEvent, { incoming, address }: Fixture, dialect: LoggedEvent["source"]["dialect"]): LoggedEvent {
  const type = isRefusal(address) ? "" : address.type;
  const id = isRefusal(address) ? incoming.id : address.id;
  return { ...event, seq: 7, receivedAtMs: 1_770_000_000_000, source: { dialect, type, ...(id === undefined ? {} : { id }) } };
}

/** All but the time, which a frame adds where the sender gave none, and what is shown in the inspector only. */
function told({ occurredAtMs: _at, extra: _extra, ...rest }: CanonicalEvent): Omit<CanonicalEvent, "occurredAtMs" | "extra"> {
  return rest;
}

describe.each(systems)("$name", ({ adapter, catalogue, encoder, fixtures, name }) => {
  test.each(fixtures)("$name", ({ incoming, address, event }) => {
    // `run: undefined` (the body does not say) has no like in JSON.
    expect(adapter.address(incoming)).toEqual(address);
    expect(adapter.decode(incoming)).toStrictEqual(event);
  });

  test("every type of the catalogue has a fixture that means what the catalogue says", () => {
    const shown = new Set(fixtures.map(({ address, event }) => (isRefusal(address) ? "" : `${address.type} ${event.type}`)));
    expect(catalogue.map(({ type, canonical }) => `${type} ${canonical}`).filter((pair) => !shown.has(pair))).toEqual([]);
  });

  test("every type of the seed has a fixture in the seed's own words", () => {
    const seeds = fixtures.filter(({ origin }) => origin === "seed").map(({ address }) => !isRefusal(address) && address.type);
    const missing = catalogue.filter(({ origin, type }) => origin === "seed" && !seeds.includes(type));
    expect(missing.map(({ type }) => type)).toEqual([]);
  });

  test("every fixture that the catalogue does not list is unknown, and no listed one is", () => {
    const listed = new Set(catalogue.map(({ type }) => type));
    for (const { name: title, address, event } of fixtures)
      if (!isRefusal(address))
        expect({ title, unknown: event.type === "event.unknown" }).toEqual({ title, unknown: !listed.has(address.type) });
  });

  test("no type is listed twice, and a type that is stored under another one names a listed one", () => {
    const types = catalogue.map(({ type }) => type);
    expect(new Set(types).size).toBe(types.length);
    expect(adapter.catalogue).toEqual(types);
    for (const { storedAs } of catalogue) if (storedAs !== undefined) expect(types).toContain(storedAs);
  });

  test("what goes out in the sender's own words reads as the same event again", () => {
    let own = 0;
    for (const fixture of fixtures) {
      const { incoming, address, event } = fixture;
      if (isRefusal(address)) continue;
      const frame = encoder.frame({ event: logged(event, fixture, name), raw: incoming.body, runId: "run_1" });
      if (frame === null || typeof frame.data === "string") continue;
      const again: Incoming = { body: frame.data, name: frame.event, id: frame.id };
      const readdressed = adapter.address(again);
      if (isRefusal(readdressed) || readdressed.type !== address.type) continue;
      own++;
      expect({ fixture: fixture.name, ...told(adapter.decode(again)) }).toEqual({ fixture: fixture.name, ...told(event) });
    }
    expect(own).toBeGreaterThan(fixtures.length / 2);
  });

  test("frames of any system's events are plain JSON without holes", () => {
    for (const system of systems)
      for (const fixture of system.fixtures) {
        const outgoing = {
          event: logged(fixture.event, fixture, system.name),
          ...(system.name === name ? { raw: fixture.incoming.body } : {}),
          runId: "run_1",
        };
        for (const shown of [encoder.frame(outgoing)?.data ?? null, encoder.item(outgoing)])
          expect(JSON.parse(JSON.stringify(shown))).toStrictEqual(shown);
        expect(encoder.names(outgoing)).toContain(fixture.event.type);
      }
  });
});

const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<Json>;

/** Bodies that look like the system's own: its words and keys, with anything under them. */
function bodies(system: (typeof systems)[number]): fc.Arbitrary<JsonObject> {
  const keys = [...new Set(system.fixtures.flatMap(({ incoming }) => keysIn(incoming.body))), "__proto__", "constructor"];
  const word = fc.constantFrom(...system.adapter.catalogue, "toString", "__proto__", "");
  const loose = fc.dictionary(fc.constantFrom(...keys), fc.oneof(json, word), { maxKeys: 12 });
  const framed = fc.record({ type: fc.oneof(word, json), event: fc.oneof(word, json), data: loose, payload: fc.oneof(loose, json) });
  return fc.oneof(
    loose,
    framed,
    fc.tuple(loose, word).map(([body, type]) => ({ ...body, type })),
  ) as fc.Arbitrary<JsonObject>;
}

function keysIn(value: Json): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}

describe.each(systems)("$name, whatever the JSON holds", (system) => {
  const { adapter, encoder } = system;
  const incoming = fc.record(
    { body: bodies(system), name: fc.oneof(fc.constantFrom(...adapter.catalogue, "message"), fc.string()), id: fc.string() },
    { requiredKeys: ["body"] },
  );

  test("reading is total, pure, and answers in canonical words", () => {
    fc.assert(
      fc.property(incoming, (event) => {
        const address = adapter.address(event);
        const canonical = adapter.decode(event);
        expect(canonicalTypes).toContain(canonical.type);
        expect(adapter.address(event)).toEqual(address);
        expect(adapter.decode(event)).toEqual(canonical);
        expect(Object.getPrototypeOf(canonical.extra ?? {})).toBe(Object.prototype);
        for (const figure of [canonical.durationMs, canonical.usage?.input, canonical.usage?.total, canonical.occurredAtMs])
          if (figure !== undefined) expect(Number.isSafeInteger(figure) && figure >= 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("writing is total too, in its own words and in every other system's", () => {
    fc.assert(
      fc.property(incoming, fc.string({ minLength: 1 }), (event, runId) => {
        const address = adapter.address(event);
        const source = { dialect: adapter.dialect, type: isRefusal(address) ? "" : address.type };
        const log: LoggedEvent = { ...adapter.decode(event), seq: 1, receivedAtMs: 0, source };
        for (const other of systems) {
          const raw = other.name === system.name ? { raw: event.body } : {};
          other.encoder.frame({ event: log, ...raw, runId });
          other.encoder.item({ event: log, ...raw, runId });
          other.encoder.names({ event: log, ...raw, runId });
        }
        encoder.ends(log);
      }),
      { numRuns: 300 },
    );
  });
});
