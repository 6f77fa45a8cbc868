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
  run: z.string().nullable().describe("run of the events that name none"),
  posted: z.boolean().describe("opened once by a POST: it runs an agent and cannot be resumed"),
  state: z.enum(streamStates).describe("waiting: until the next try"),
  events: count,
  duplicates: count.describe("events that came again and were known"),
  connectedAt: instant.nullable(),
  lastEventAt: instant.nullable(),
  lagMs: z.number().int().nullable().describe("between the sender's time of the latest event and its arrival"),
  error: z.string().nullable(),
  tries: count.describe("connections in a row that brought nothing"),
  nextTryAt: instant.nullable(),
});
export type SourceStream = z.infer<typeof SourceStream>;

/** Where runs come from, and how the system is reached. */
export const Source = /* @__PURE__ */ z.object({
  id: z.uuid(),
  dialect: Dialect,
  name: z.string(),
  environment: z.string().nullable().describe("of its runs, like production"),
  address: z.string().nullable(),
  hasToken: z.boolean(),
  createdAt: instant,
  lastEventAt: instant.nullable().describe("of its newest run"),
  decides: z.boolean().describe("its endpoint takes decisions"),
  controls: z.array(z.enum(controlActions)).describe("what its endpoint can be asked"),
  calls: z.object({ pending: count, failed: count }).describe("calls of its endpoint in the last month"),
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
  .regex(/^[\x21-\x7e]+$/, "A token has visible ASCII characters only.");

const environment = z
  .string()
  .trim()
  .max(40)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._/-]*$/u, "An environment has letters, digits, spaces and . _ / - (at most 40).");

export const NewSource = /* @__PURE__ */ z.strictObject({
  dialect: Dialect,
  name: z.string().trim().min(1).max(100).default("default"),
  environment: environment.optional(),
  address: address.optional(),
  token: token.optional(),
});
export type NewSource = z.input<typeof NewSource>;

/** null takes away. */
export const SourceChange = /* @__PURE__ */ z.strictObject({
  environment: environment.nullable().optional(),
  address: address.nullable().optional(),
  token: token.nullable().optional(),
});
export type SourceChange = z.infer<typeof SourceChange>;

export const NewStream = /* @__PURE__ */ z.strictObject({
  url: address,
  run: z.string().trim().min(1).max(512).optional().describe("run of the events that name none; else read from the URL"),
  body: z.record(z.string(), z.unknown()).optional().describe("opens the stream by a POST with this body, once"),
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
