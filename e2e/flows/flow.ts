import type { Dialect } from "@/lib/core/dialect";
import type { JsonObject } from "@/lib/core/json";
import type { Wire } from "../support/floor";

/** A run in one system's words, in two halves: what has happened when the page opens, and what happens while it is open. */
export type Flow = {
  readonly dialect: Dialect;
  readonly run: string;
  /** What the run is called. */
  readonly name: string;
  readonly first: readonly Wire[];
  readonly second: readonly Wire[];
  /** What must be on the page after the first half, and after the second. */
  readonly halfway: Shown;
  readonly atEnd: Shown;
  /** How a run of this system ends badly, and the words for it. */
  readonly failure: { readonly wire: Wire; readonly reason: string };
  /** How it asks a human and hears the answer; null where the system has no word for it. */
  readonly question: Question | null;
};

export type Question = {
  readonly ask: Wire;
  /** The answer, or, where the system has no event for it, what shows that the wait is over. */
  readonly answer: Wire;
  /** The run's status after it. */
  readonly after: "Running" | "Succeeded";
  /** What the banner has to say. */
  readonly words: readonly string[];
};

export type Shown = {
  readonly status: string;
  /** Names of spans in the timeline, from the top. */
  readonly spans: readonly string[];
  readonly tokens: string;
  readonly cost: string;
  /** Words that stand in the transcript. */
  readonly said: readonly string[];
};

/** A run id of the right form, and the time at which it began. */
export type Beginning = { readonly run: string; readonly at: Date };

export const later = (at: Date, ms: number): string => new Date(at.getTime() + ms).toISOString();

export const bodies = (...events: readonly JsonObject[]): readonly Wire[] => events.map((body) => ({ body }));
