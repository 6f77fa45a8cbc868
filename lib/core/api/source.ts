import { z } from "zod";
import { controlActions } from "../control/words";
import { Dialect } from "./words";

const instant = z.iso.datetime();
const count = z.number().int().nonnegative();

export const streamStates = ["live", "connecting", "waiting", "paused", "ended", "failed"] as const;

/** A stream at a source's own address that Watchfloor follows. */
export const SourceStream = /* @__PURE__ */ z.object({
  id: z.uuid(),
  url: z.string(),
  run: z.string().nullable().describe("run for events that name none"),
  posted: z.boolean().describe("opened once by a POST, which runs an agent; cannot be resumed"),
  state: z.enum(streamStates).describe("waiting: for the next try"),
  events: count,
  duplicates: count.describe("events that had already arrived"),
  connectedAt: instant.nullable(),
  lastEventAt: instant.nullable(),
  lagMs: z.number().int().nullable().describe("time from the latest event, by the sender's clock, to its arrival"),
  error: z.string().nullable(),
  tries: count.describe("consecutive connections without an event"),
  nextTryAt: instant.nullable(),
});
export type SourceStream = z.infer<typeof SourceStream>;

/** Where runs come from, and how that system is reached. */
export const Source = /* @__PURE__ */ z.object({
  id: z.uuid(),
  dialect: Dialect,
  name: z.string(),
  environment: z.string().nullable().describe("environment of its runs, such as production"),
  address: z.string().nullable(),
  hasToken: z.boolean(),
  createdAt: instant,
  lastEventAt: instant.nullable().describe("latest event of its newest run"),
  decides: z.boolean().describe("whether its endpoint takes decisions"),
  controls: z.array(z.enum(controlActions)).describe("control requests that its endpoint takes"),
  calls: z.object({ pending: count, failed: count }).describe("calls to its endpoint in the last month"),
  streams: z.array(SourceStream),
});
export type Source = z.infer<typeof Source>;
export const SourceList = /* @__PURE__ */ z.object({ sources: z.array(Source) });

const address = z.string().trim().min(1).max(2_000);
const token = z
  .string()
  .trim()
  .min(1)
  .max(8_000)
  .regex(/^[\x21-\x7e]+$/, "A token may contain only visible ASCII characters.");

const environment = z
  .string()
  .trim()
  .max(40)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._/-]*$/u, "An environment may contain letters, digits, spaces and . _ / -, at most 40 characters.");

export const NewSource = /* @__PURE__ */ z.strictObject({
  dialect: Dialect,
  name: z.string().trim().min(1).max(100).default("default"),
  environment: environment.optional(),
  address: address.optional(),
  token: token.optional(),
});
export type NewSource = z.input<typeof NewSource>;

/** null removes a value. */
export const SourceChange = /* @__PURE__ */ z.strictObject({
  environment: environment.nullable().optional(),
  address: address.nullable().optional(),
  token: token.nullable().optional(),
});
export type SourceChange = z.infer<typeof SourceChange>;

export const NewStream = /* @__PURE__ */ z.strictObject({
  url: address,
  run: z.string().trim().min(1).max(512).optional().describe("run for events that name none; without it, read from the URL"),
  body: z.record(z.string(), z.unknown()).optional().describe("opens the stream once, by a POST with this body"),
});
export type NewStream = z.infer<typeof NewStream>;

export const StreamChange = /* @__PURE__ */ z.strictObject({ state: z.enum(["following", "paused"]) });

export const SourceTest = /* @__PURE__ */ z.object({
  ok: z.boolean(),
  status: z.number().int().nullable(),
  error: z.string().nullable(),
  durationMs: count,
});
export type SourceTest = z.infer<typeof SourceTest>;
