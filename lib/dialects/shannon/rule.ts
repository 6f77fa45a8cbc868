import type { CanonicalEvent } from "../../core/events/canonical";
import type { ShannonEvent } from "./shannon-event";

/** What a rule adds to what every event has: type from the catalogue, time, sequence, agent and the message as summary. */
export type Reading = Omit<Partial<CanonicalEvent>, "extra" | "occurredAtMs" | "sourceSeq">;

/** How one stored type is read. `keys` are the fields that the reading covers; the others go to `extra`. */
export type ShannonRule = { readonly keys: readonly string[]; readonly read: (event: ShannonEvent) => Reading };

export type ShannonRules = readonly (readonly [storedType: string, rule: ShannonRule])[];
