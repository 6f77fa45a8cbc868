import type { LoggedEvent } from "../../core/events/logged";
import type { Json, JsonObject } from "../../core/json";
import type { Outgoing } from "../contract";
import { isoOf, own } from "../shared";
import { exactEvent } from "../shared/exact-event";
import { decode } from "./decode";

type Keys = (event: LoggedEvent) => { readonly [key: string]: Json | undefined };

const agent: Keys = (event) => ({ agent: event.agent, error: event.error?.message });
const tool: Keys = (event) => ({ tool: event.name, error: event.error?.message });
const momentOf = (event: LoggedEvent) => isoOf(event.occurredAtMs ?? event.receivedAtMs);

/** The keys of the seed's tables, derived from the decoded event. */
const seedKeys: ReadonlyMap<string, Keys> = new Map([
  ["run.started", (event) => ({ started_at: momentOf(event) })],
  ["run.completed", (event) => ({ duration_ms: event.durationMs, result: event.output })],
  ["run.failed", (event) => ({ error: event.error?.message, stack_trace: event.error?.stack })],
  ["run.canceled", (event) => ({ canceled_at: momentOf(event) })],
  ["agent.started", agent],
  ["agent.completed", (event) => ({ ...agent(event), output: event.output })],
  ["agent.error", agent],
  ["tool.called", (event) => ({ ...tool(event), input: event.input })],
  ["tool.result", (event) => ({ ...tool(event), output: event.output })],
  ["tool.error", tool],
]);

/** Adds the seed's keys that a payload lacks: the API reference writes some events without them, or under other names. */
export function withSeedKeys(word: string, payload: JsonObject, outgoing: Outgoing): JsonObject {
  const keys = seedKeys.get(word);
  const isMissing = (key: string, value: Json | undefined) => value !== undefined && own(payload, key) === undefined;
  if (!keys || !Object.entries(keys(outgoing.event)).some(([key, value]) => isMissing(key, value))) return payload;
  const told = Object.entries(keys(exactEvent(outgoing, decode))).filter(([key, value]) => isMissing(key, value));
  return { ...payload, ...(Object.fromEntries(told) as JsonObject) };
}
