import type { CanonicalType } from "../../core/events/canonical";

/** One word of a system, what it means, and where we know it from. */
export type CatalogueEntry = {
  /** As written on the wire. */
  readonly type: string;
  readonly canonical: CanonicalType;
  readonly category: string;
  readonly description: string;
  /** `seed`: the published catalogue; `real`: sent by the running system only; `alias`: another name met in clients or on SSE;
   * `own`: written by us, where the system has no word. */
  readonly origin: "seed" | "real" | "alias" | "own";
  /** The catalogue type under which the system stores it, where that is another word. */
  readonly storedAs?: string;
};
