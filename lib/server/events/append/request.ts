import type { Dialect } from "@/lib/core/dialect";
import type { CanonicalEvent } from "@/lib/core/events/canonical";

/** One event that was accepted and waits for its commit. */
export type NewEvent = {
  /** The sender's run id, or the day's activity stream. */
  readonly run: { readonly externalId: string; readonly kind: "run" | "activity" };
  readonly canonical: CanonicalEvent;
  readonly sourceType: string;
  readonly sourceId?: string;
  readonly frameName?: string;
  readonly dedupeKey?: string;
  /** Exact JSON text of the sender's object. */
  readonly rawText: string;
  readonly sanitized: boolean;
  /** How many of its values were redacted, if any. */
  readonly redacted?: number;
  /** Nano-dollars; null = tokens that cannot be priced; undefined = nothing to price. */
  readonly estimatedNanos?: number | null;
  readonly receivedAtMs: number;
  /** Written by Watchfloor itself. */
  readonly origin?: "watchfloor";
  /** The API key that sent it. */
  readonly keyId?: string;
};

export type SourceRef = { readonly id: string; readonly dialect: Dialect; readonly name: string };

export type AppendRequest = {
  readonly projectId: string;
  readonly source: SourceRef;
  readonly events: readonly NewEvent[];
  /** Committed together with the events, so that a repeated request finds its response. */
  readonly idempotency?: { readonly key: string; readonly bodyHash: Buffer; readonly reply: (result: AppendResult) => string };
};

export type EventOutcome =
  | { readonly kind: "stored"; readonly runId: string; readonly seq: number }
  | { readonly kind: "duplicate"; readonly runId: string }
  /** Same id as a stored event but different content: the stored event stands; this is its text. */
  | { readonly kind: "conflict"; readonly runId: string; readonly stored: string };

export type RunRange = { readonly id: string; readonly externalId: string; readonly firstSeq: number | null; readonly lastSeq: number };

export type AppendResult = { readonly outcomes: readonly EventOutcome[]; readonly runs: readonly RunRange[] };
