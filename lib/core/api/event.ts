import { z } from "zod";
import { CanonicalType, Dialect } from "./words";

/** A logged event on the wire: the canonical fields plus what the log knows. Times are ISO 8601 UTC. */
export const ApiEvent = z.looseObject({
  seq: z.number().int().positive(),
  type: CanonicalType,
  occurredAt: z.iso.datetime().nullable().describe("by the sender's clock; null if it sent no time"),
  receivedAt: z.iso.datetime(),
  agent: z.string().optional(),
  summary: z.string().optional(),
  source: z.object({
    dialect: Dialect,
    type: z.string(),
    id: z.string().optional(),
    seq: z.number().optional(),
    frame: z.string().optional().describe("the name of the SSE frame that carried it"),
  }),
  raw: z.unknown().optional().describe("the sender's JSON, with ?raw=1"),
  found: z.string().optional().describe("with ?q=: the text around the match, if only the sender's JSON contains it"),
});
export type ApiEvent = z.infer<typeof ApiEvent>;

export const EventPage = z.object({
  events: z.array(ApiEvent),
  lastSeq: z.number().int().nonnegative(),
  readUpTo: z
    .number()
    .int()
    .nonnegative()
    .describe("seq of the last event read; while it is less than lastSeq, continue with from=readUpTo+1"),
});
export type EventPage = z.infer<typeof EventPage>;
