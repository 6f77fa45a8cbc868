import type { LoggedEvent } from "../../core/events/logged";
import type { Json, JsonObject } from "../../core/json";
import type { Outgoing } from "../contract";
import { readCount } from "../shared";
import { exactEvent } from "../shared/exact-event";
import { decode } from "./decode";

type Call = { step: Json; tool_name: Json; arguments: Json; result: Json; duration_ms: Json };

/** A result joins its call by id, else by the tool's name. */
export function pairKey(event: LoggedEvent): string {
  return event.callId === undefined ? `name ${event.name}` : `id ${event.callId}`;
}

/** The step that the call itself names. */
function saidStep({ progress, extra }: LoggedEvent): number | undefined {
  return progress?.step ?? readCount(extra, "step", "step_number");
}

/** Calls in the order they were made; a result joins the earliest open call with its key. */
export function toolCallsOf(outgoing: readonly Outgoing[]): JsonObject[] {
  const calls: Call[] = [];
  const open = new Map<string, Call[]>();
  let step: Json = null;
  for (const item of outgoing) {
    const { event } = item;
    if (event.type === "step.started") step = event.progress?.step ?? event.callId ?? null;
    if (event.type === "tool.called") {
      const call = {
        step: saidStep(event) ?? step,
        tool_name: event.name ?? null,
        arguments: exactEvent(item, decode).input ?? null,
        result: null,
        duration_ms: null,
      };
      calls.push(call);
      const waiting = open.get(pairKey(event));
      if (waiting) waiting.push(call);
      else open.set(pairKey(event), [call]);
    }
    if (event.type === "tool.returned" || event.type === "tool.failed") {
      const call = open.get(pairKey(event))?.shift();
      if (call === undefined) continue;
      call.result = exactEvent(item, decode).output ?? event.error?.message ?? null;
      call.duration_ms = event.durationMs ?? null;
    }
  }
  return calls;
}
