import { z } from "zod";
import { CanonicalType, Dialect } from "./words";

/** Text to read as an ingestion endpoint would: one event, an array, lines or a text/event-stream. */
export const InspectRequest = z.strictObject({
  text: z.string(),
  dialect: Dialect.optional().describe("without it, every dialect is tried and the one that recognises the most events is used"),
  run: z.string().min(1).max(512).optional().describe("run id, for events that do not name their run"),
});
export type InspectRequest = z.infer<typeof InspectRequest>;

export const inspectedKinds = ["json", "ndjson", "sse"] as const;

/** The catalogue entry that an event was read by. */
export const MappingRule = z.object({
  type: z.string(),
  canonical: CanonicalType,
  category: z.string(),
  description: z.string(),
  origin: z.enum(["seed", "real", "alias", "own"]),
  storedAs: z.string().optional(),
});
export type MappingRule = z.infer<typeof MappingRule>;

export const InspectedEvent = z.object({
  index: z.number().int().nonnegative(),
  frame: z.object({ event: z.string().optional(), id: z.string().optional() }).optional().describe("fields of its SSE frame"),
  raw: z.unknown().optional(),
  refusal: z.object({ code: z.string(), message: z.string(), path: z.string().optional() }).optional(),
  address: z
    .object({
      run: z.string(),
      kind: z.enum(["run", "activity"]),
      type: z.string(),
      id: z.string().optional(),
      seq: z.number().optional(),
      dedupeKey: z.string().optional(),
    })
    .optional()
    .describe("where it would be stored and how a duplicate is recognised; absent if it is rejected"),
  canonical: z.looseObject({ type: CanonicalType }).optional(),
  rule: MappingRule.optional().describe("absent for a type in no catalogue"),
  ephemeral: z.boolean().optional().describe("would be kept for the shorter retention time"),
  sanitized: z.boolean().optional().describe("U+0000 or lone surrogates would be replaced"),
  redacted: z.number().int().optional().describe("values that would be redacted; `canonical` is without them, `raw` is as sent"),
});
export type InspectedEvent = z.infer<typeof InspectedEvent>;

/** How one dialect would read the same text. */
export const DialectReading = z.object({
  dialect: Dialect,
  known: z.number().int(),
  unknown: z.number().int(),
  refused: z.number().int(),
});
export type DialectReading = z.infer<typeof DialectReading>;

export const InspectReply = z.object({
  kind: z.enum(inspectedKinds),
  dialect: Dialect.describe("the dialect of the listed events"),
  readings: z.array(DialectReading).describe("one for each dialect, best first, over the events that were read"),
  total: z.number().int(),
  inspected: z.number().int().describe("how many of them were read, from the first; the rest is left out"),
  events: z.array(InspectedEvent).describe("the first of the events that were read"),
});
export type InspectReply = z.infer<typeof InspectReply>;
