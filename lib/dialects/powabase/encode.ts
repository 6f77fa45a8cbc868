import { isEphemeral } from "../../core/events/logged";
import type { JsonObject } from "../../core/json";
import type { DialectEncoder, Outgoing } from "../contract";
import { own, preview } from "../shared";
import { withAskedId } from "../shared/asked-id";
import { doneMark } from "../shared/done-mark";
import { ownBody } from "../shared/encode-own";
import { exactEvent } from "../shared/exact-event";
import { endsRun } from "../shared/terminal";
import { wordOf } from "./address";
import { hookTypes } from "./catalogue";
import { decode } from "./decode";
import { encodeForeign } from "./encode-foreign";

const needRunId: ReadonlySet<string> = new Set(["start", "approval_requested", "complete", "error"]);

/** Adds fields that the seed names and the real engine does not send, or vice versa: a client of either finds its own. */
function completed(word: string, body: JsonObject, runId: string): JsonObject {
  const runs: JsonObject = needRunId.has(word) && own(body, "run_id") === undefined ? { run_id: runId } : {};
  if (word === "tool_result") {
    const result = own(body, "result", "result_preview") ?? null;
    return { ...runs, result, result_preview: own(body, "result_preview") ?? preview(result) ?? null };
  }
  if (word === "error") {
    const message = own(body, "message", "error") ?? "The run failed.";
    return { ...runs, error: own(body, "error") ?? message, message };
  }
  return runs;
}

/** Hook bodies are requests to us, not stream frames: they go out in the stream's format. */
function encodeOwn(body: JsonObject, { event, runId }: Outgoing): JsonObject | undefined {
  const word = wordOf({ body });
  if (word === "" || word === doneMark || hookTypes.has(word)) return undefined;
  const { event: _event, type: _type, ...rest } = body;
  return { event: word, type: word, ...withAskedId(rest, "approval_id", event), ...completed(word, rest, runId) };
}

function encode(outgoing: Outgoing): JsonObject | null {
  const body = ownBody(outgoing, "powabase");
  return (body && encodeOwn(body, outgoing)) ?? encodeForeign(exactEvent(outgoing, decode), outgoing.runId);
}

/** Powabase's stream: bare `data:` lines, both discriminators set, closed after `complete` or `error`. */
export const powabaseEncoder: DialectEncoder = {
  dialect: "powabase",
  lineOrder: ["data"],
  heartbeat: "keepalive",
  names: (outgoing) => {
    const word = encode(outgoing)?.event;
    return [...new Set([outgoing.event.source.type, outgoing.event.type, ...(typeof word === "string" ? [word] : [])])];
  },
  frame: (outgoing) => {
    const data = encode(outgoing);
    return data === null ? null : { data };
  },
  ends: endsRun,
  /** The stored run keeps no deltas. */
  item: (outgoing) => (isEphemeral(outgoing.event.type) ? null : encode(outgoing)),
};
