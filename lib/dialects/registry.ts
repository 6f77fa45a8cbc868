import type { Dialect } from "../core/dialect";
import type { Json } from "../core/json";
import { agentOs, agentOsCatalogue, agentOsEncoder } from "./agent-os";
import type { DialectAdapter, DialectEncoder } from "./contract";
import { crewship, crewshipCatalogue, crewshipEncoder } from "./crewship";
import { powabase, powabaseCatalogue, powabaseEncoder } from "./powabase";
import { resonant, resonantCatalogue, resonantEncoder } from "./resonant";
import { shannon, shannonCatalogue, shannonEncoder } from "./shannon";
import type { CatalogueEntry } from "./shared/catalogue-entry";
import { doneMark } from "./shared/done-mark";

export const adapters: Readonly<Record<Dialect, DialectAdapter>> = {
  shannon,
  "agent-os": agentOs,
  powabase,
  crewship,
  resonant,
};

export const encoders: Readonly<Record<Dialect, DialectEncoder>> = {
  shannon: shannonEncoder,
  "agent-os": agentOsEncoder,
  powabase: powabaseEncoder,
  crewship: crewshipEncoder,
  resonant: resonantEncoder,
};

/** Every type of every system, with its meaning. */
export const catalogues: Readonly<Record<Dialect, readonly CatalogueEntry[]>> = {
  shannon: shannonCatalogue,
  "agent-os": agentOsCatalogue,
  powabase: powabaseCatalogue,
  crewship: crewshipCatalogue,
  resonant: resonantCatalogue,
};

/** A frame of a text/event-stream body, and the event in it: its JSON as text and as value, and what the framing said. */
export type StreamFrame = { readonly data: string; readonly event?: string; readonly id?: string };
export type FramedEvent = {
  readonly text: string;
  readonly value: Json;
  readonly name?: string;
  readonly id?: string;
  readonly framed: true;
};

/**
 * Reads one frame. The bare word `[DONE]` becomes an empty object under the frame's own name, else under the word itself, so that it is
 * stored like any event. `parse` bounds and parses untrusted JSON; what it throws is passed on.
 */
export function incomingOf(frame: StreamFrame, parse: (text: string) => Json): FramedEvent {
  const text = frame.data.trim();
  const framing = { framed: true as const, ...(frame.event ? { name: frame.event } : {}), ...(frame.id ? { id: frame.id } : {}) };
  if (text !== doneMark) return { text, value: parse(text), ...framing };
  return { text: "{}", value: {}, ...framing, name: frame.event && frame.event !== "message" ? frame.event : doneMark };
}
