import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dialectFixtures } from "@/test/dialect-fixtures";
import { type CanonicalEvent, canonicalTypes } from "../../core/events/canonical";
import type { LoggedEvent } from "../../core/events/logged";
import { stringifyExact } from "../../core/exact-json";
import { isJsonObject, type JsonObject } from "../../core/json";
import type { Outgoing } from "../contract";
import { parseShannonResume, shannon, shannonEncoder } from "./index";
import { writtenType } from "./shannon-event";

const runId = "wf-1";
const receivedAtMs = Date.UTC(2025, 9, 27, 6, 7, 52, 100);

/** What the log gives back for a body that a Shannon sent. */
function native(body: JsonObject, seq = 7): Outgoing {
  const event: LoggedEvent = { ...shannon.decode({ body }), seq, receivedAtMs, source: { dialect: "shannon", type: String(body.type) } };
  return { event, raw: body, runId };
}

function foreign(event: CanonicalEvent, seq = 7): Outgoing {
  return { event: { ...event, seq, receivedAtMs, source: { dialect: "crewship", type: "x" } }, runId };
}

/** All but what the log adds: time, sequence, and the id by which an approval can be decided. */
function told({ occurredAtMs: _time, sourceSeq: _seq, ...event }: CanonicalEvent): CanonicalEvent {
  if (event.type !== "approval.requested") return event;
  const { id: _id, question: _question, ...approval } = event.approval ?? {};
  return { ...event, summary: undefined, approval };
}

const stamp = { seq: 7, stream_id: "1761545272100-7" };

describe("a Shannon run leaves as it came, but for what is ours", () => {
  test("data goes out as payload, in the documented order of fields, with our sequence and stream id", () => {
    const { frame } = shannonEncoder;
    const out = frame(
      native({
        workflow_id: "other",
        type: "TOOL_INVOKED",
        agent_id: "a",
        message: "Calling",
        timestamp: "2025-10-27T06:07:51.492771234Z",
        seq: 900,
        stream_id: "1-1",
        data: { tool_name: "csv_loader", tool_args: { file_path: "x" } },
        extra_key: 1,
      }),
    );
    const expected = {
      extra_key: 1,
      workflow_id: runId,
      type: "TOOL_INVOKED",
      agent_id: "a",
      message: "Calling",
      timestamp: "2025-10-27T06:07:51.492771234Z",
      ...stamp,
      payload: { tool_name: "csv_loader", tool_args: { file_path: "x" } },
    };
    expect(JSON.stringify(out)).toBe(JSON.stringify({ id: stamp.stream_id, event: "TOOL_INVOKED", data: expected }));
  });

  test("a payload that came as JSON text goes out as an object, in frames and in histories", () => {
    const item = shannonEncoder.item(native({ type: "PROGRESS", payload: '{"percentage":60}' }));
    expect(item).toMatchObject({ payload: { percentage: 60 } });
  });

  test("JSON inside of a text keeps its digits, in a payload and in the message of a request", () => {
    const row = '{"row":9007199254740993,"far":1e400}';
    expect(stringifyExact(shannonEncoder.item(native({ type: "PROGRESS", payload: row })))).toContain(`"payload":${row}`);
    const asked = shannonEncoder.item(native({ type: "APPROVAL_REQUESTED", message: `{"approval_id":"a","details":${row}}` }));
    expect(asked).toMatchObject({ message: `{"approval_id":"a","details":${row}}` });
  });

  test("a time without a zone goes out in UTC, a missing one as the time of receipt", () => {
    expect(shannonEncoder.item(native({ type: "PROGRESS", timestamp: "2025-10-27T06:07:51" }))?.timestamp).toBe("2025-10-27T06:07:51.000Z");
    expect(shannonEncoder.item(native({ type: "PROGRESS", timestamp: "2025-10-27T08:07:51+0200" }))?.timestamp).toBe(
      "2025-10-27T06:07:51.000Z",
    );
    expect(shannonEncoder.item(native({ type: "PROGRESS", timestamp: "2025-10-27T06:07Z" }))?.timestamp).toBe("2025-10-27T06:07:00.000Z");
    expect(shannonEncoder.item(native({ type: "PROGRESS" }))?.timestamp).toBe("2025-10-27T06:07:52.100Z");
  });

  test.each([
    ["2025-10-27 06:07:51.123456+00:00", "2025-10-27T06:07:51.123456+00:00"],
    ["2025-10-27t06:07:51z", "2025-10-27T06:07:51Z"],
    ["  2025-10-27T06:07:51Z", "2025-10-27T06:07:51Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
    ["2025-10-27T08:07:51.123456789+02:00", "2025-10-27T08:07:51.123456789+02:00"],
  ])("a time goes out as RFC 3339 has it, which is what a Go client reads, with all its digits: %s", (timestamp, told) => {
    expect(shannonEncoder.item(native({ type: "PROGRESS", timestamp }))?.timestamp).toBe(told);
  });

  test.each<[string, JsonObject, JsonObject]>([
    ["delta", { type: "thread.message.delta", delta: "Hel" }, { type: "LLM_PARTIAL", message: "Hel" }],
    [
      "response and metadata",
      { type: "thread.message.completed", response: "Hello", metadata: { tokens_used: 3 } },
      { type: "LLM_OUTPUT", message: "Hello", payload: { tokens_used: 3 } },
    ],
    [
      "checkpoint",
      { type: "workflow.cancelled", message: "m", checkpoint: "pre", was_paused: false },
      { type: "WORKFLOW_CANCELLED", message: "m", payload: { checkpoint: "pre", was_paused: false } },
    ],
  ])("what a mapped frame of its stream has flat stands in a history where the full event has it: %s", (_name, mapped, full) => {
    expect(shannonEncoder.item(native(mapped))).toMatchObject(full);
  });

  test.each(dialectFixtures(new URL("./fixtures/", import.meta.url)))(
    "what we send of $name is read as what came",
    ({ incoming, event }) => {
      const type = writtenType(incoming);
      const logged: LoggedEvent = { ...event, seq: 7, receivedAtMs, source: { dialect: "shannon", type } };
      const item = shannonEncoder.item({ event: logged, raw: incoming.body, runId }) ?? {};
      expect(told(shannon.decode({ body: item }))).toEqual(told(event));
    },
  );
});

describe("frames that Shannon maps to other names", () => {
  test("LLM_PARTIAL: delta, and the same text as message, which is what the SDK shows", () => {
    expect(shannonEncoder.frame(native({ type: "LLM_PARTIAL", agent_id: "a", message: " and\n", payload: { chunk_index: 1 } }))).toEqual({
      id: stamp.stream_id,
      event: "thread.message.delta",
      data: { delta: " and\n", workflow_id: runId, agent_id: "a", ...stamp, message: " and\n" },
    });
  });

  test("LLM_OUTPUT: response, with the payload as metadata", () => {
    expect(shannonEncoder.frame(native({ type: "LLM_OUTPUT", message: "Done.", payload: { tokens_used: 3 } }))).toEqual({
      id: stamp.stream_id,
      event: "thread.message.completed",
      data: { response: "Done.", workflow_id: runId, ...stamp, metadata: { tokens_used: 3 }, message: "Done." },
    });
  });

  test("THREAD_MESSAGE_DELTA: the full event of the catalogue under the SDK's name", () => {
    const out = shannonEncoder.frame(native({ type: "THREAD_MESSAGE_DELTA", message: "Content chunk", data: { delta: "ab", index: 0 } }));
    expect(out?.event).toBe("thread.message.delta");
    expect(out?.data).toMatchObject({ type: "THREAD_MESSAGE_DELTA", delta: "ab", message: "ab", payload: { delta: "ab", index: 0 } });
  });

  test.each(["PAUSING", "PAUSED", "RESUMED", "CANCELLING", "CANCELLED"])("WORKFLOW_%s: neither type nor sequence nor time", (word) => {
    const body = { type: `WORKFLOW_${word}`, agent_id: "orchestrator", message: "m", payload: { checkpoint: "pre", was_paused: true } };
    expect(shannonEncoder.frame(native(body))).toEqual({
      id: stamp.stream_id,
      event: `workflow.${word.toLowerCase()}`,
      data: { workflow_id: runId, agent_id: "orchestrator", message: "m", checkpoint: "pre", was_paused: true },
    });
  });

  test("ERROR_OCCURRED: the full event named error", () => {
    const out = shannonEncoder.frame(native({ type: "ERROR_OCCURRED", message: "m" }));
    expect(out?.event).toBe("error");
    expect(out?.data).toMatchObject({ type: "ERROR_OCCURRED", message: "m" });
  });

  test("STREAM_END: done with the bare word, and the stream closes behind it", () => {
    const end = native({ type: "STREAM_END", message: "Done" });
    expect(shannonEncoder.frame(end)).toEqual({ id: stamp.stream_id, event: "done", data: "[DONE]" });
    expect(shannonEncoder.ends(end.event)).toBe(true);
    expect(shannonEncoder.endFrame?.(runId)).toEqual({ event: "done", data: "[DONE]" });
  });

  test("a history lists the stored types, not the mapped ones", () => {
    expect(shannonEncoder.item(native({ type: "LLM_PARTIAL", message: "x" }))).toMatchObject({ type: "LLM_PARTIAL", message: "x" });
    expect(shannonEncoder.item(native({ type: "WORKFLOW_PAUSED" }))).toMatchObject({ type: "WORKFLOW_PAUSED", ...stamp });
  });
});

describe("approvals can be decided from the stream alone", () => {
  const uuid = "550e8400-e29b-41d4-a716-446655440000";
  /** The pattern of the SDK's stock example. */
  const sdkPattern = /id=([a-f0-9-]{36})/;

  test("the message of a request tells its id where the SDK looks for it", () => {
    const out = shannonEncoder.item(native({ type: "APPROVAL_REQUESTED", message: "Deploy?", payload: { approval_id: uuid } }));
    expect(sdkPattern.exec(String(out?.message))?.[1]).toBe(uuid);
    expect(out?.payload).toEqual({ approval_id: uuid });
  });

  test("an id that is in the message already is not repeated", () => {
    const message = `Approval requested: big, id=${uuid}`;
    expect(shannonEncoder.item(native({ type: "APPROVAL_REQUESTED", message }))).toMatchObject({ message, payload: { approval_id: uuid } });
  });

  test("a message that is JSON stays JSON", () => {
    const message = JSON.stringify({ approval_id: uuid, question: "Deploy?" });
    const out = shannonEncoder.item(native({ type: "APPROVAL_REQUESTED", message }));
    expect(JSON.parse(String(out?.message))).toEqual({ approval_id: uuid, question: "Deploy?" });
  });

  test("a request that came with nothing gets the key that our log gives it", () => {
    const out = shannonEncoder.item(native({ type: "APPROVAL_REQUESTED" }, 12));
    expect(out).toMatchObject({ message: "Approval requested (id=seq:12)", payload: { approval_id: "seq:12" } });
  });
});

describe("names in a types filter", () => {
  test.each([
    ["LLM_PARTIAL", ["LLM_PARTIAL", "thread.message.delta", "THREAD_MESSAGE_DELTA", "model.streamed"]],
    ["THREAD_MESSAGE_COMPLETED", ["THREAD_MESSAGE_COMPLETED", "thread.message.completed", "text.completed"]],
    ["WORKFLOW_PAUSED", ["WORKFLOW_PAUSED", "workflow.paused", "run.paused"]],
    ["STREAM_END", ["STREAM_END", "done", "stream.ended"]],
    ["error", ["ERROR_OCCURRED", "error", "error.occurred"]],
    ["Acme", ["Acme", "event.unknown"]],
  ])("%s answers to its stored, SSE, enum and canonical names", (type, names) => {
    expect(shannonEncoder.names(native({ type }))).toEqual(names);
  });
});

describe("a run of another system", () => {
  test("its model call is an LLM_OUTPUT with tokens and dollars", () => {
    const usage = { scope: "call", model: "gpt-5", input: 200, output: 150, costNanos: 10_500_000 } as const;
    expect(shannonEncoder.item(foreign({ type: "model.completed", text: "Done.", usage, agent: "a" }))).toEqual({
      workflow_id: runId,
      type: "LLM_OUTPUT",
      agent_id: "a",
      message: "Done.",
      timestamp: "2025-10-27T06:07:52.100Z",
      ...stamp,
      payload: {
        output: "Done.",
        model: "gpt-5",
        usage: { total_tokens: 350, input_tokens: 200, output_tokens: 150 },
        cost_usd: 0.0105,
      },
    });
  });

  test("its failure is an error, and its last word ends the stream", () => {
    const failed = foreign({ type: "run.failed", error: { message: "boom", code: "E" } });
    expect(shannonEncoder.frame(failed)).toMatchObject({
      event: "error",
      data: { type: "ERROR_OCCURRED", message: "boom", payload: { error_type: "E", error_message: "boom" } },
    });
    expect(shannonEncoder.ends(failed.event)).toBe(true);
  });

  test("its approval can be decided under Shannon's keys", () => {
    const approval = { id: "a-1", kind: "tool", tool: "deploy", arguments: { to: "prod" }, timeoutMs: 1_500 } as const;
    expect(shannonEncoder.item(foreign({ type: "approval.requested", approval, summary: "Deploy?" }))).toMatchObject({
      message: "Deploy? (id=a-1)",
      payload: { approval_id: "a-1", tool_name: "deploy", details: { to: "prod" }, timeout_seconds: 2 },
    });
  });

  test.each(["resource.changed", "webhook.sent", "user.acted", "billing.recorded", "heartbeat.received"] as const)(
    "%s has no word in Shannon and is left out",
    (type) => {
      expect([shannonEncoder.frame(foreign({ type })), shannonEncoder.item(foreign({ type }))]).toEqual([null, null]);
      expect(shannonEncoder.names(foreign({ type }))).toEqual([]);
    },
  );

  test.each(canonicalTypes)("%s, when it has a word, is read back as an event of the catalogue", (type) => {
    const item = shannonEncoder.item(foreign({ type, name: "n", text: "t", agent: "a", edge: { from: "a", to: "b" } }));
    if (item !== null) expect(shannon.decode({ body: item }).type).not.toBe("event.unknown");
  });
});

test("a Shannon run goes on behind the WORKFLOW_COMPLETED of a child", () => {
  expect(shannonEncoder.ends(native({ type: "WORKFLOW_COMPLETED" }).event)).toBe(false);
});

test("the stream opens and beats as Shannon's does", () => {
  expect([shannonEncoder.greeting?.(runId), shannonEncoder.heartbeat]).toEqual(["connected to workflow wf-1", "ping"]);
  expect(shannonEncoder.lineOrder).toEqual(["id", "event", "data"]);
});

test.each<[string, number | null]>([
  ["42", 42],
  ["0", 0],
  ["1761545272100-7", 7],
  [" 7 ", 7],
  ["", null],
  ["-7", null],
  ["7-", null],
  ["1-2-3", null],
  ["abc", null],
  ["9007199254740993", null],
  ["1e3", null],
])("the resume point %j leads behind our sequence %j", (text, afterSeq) => {
  expect(parseShannonResume(text)).toEqual(afterSeq === null ? null : { afterSeq });
});

test("the id of every frame leads back to the event behind it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (seq) => {
      const id = shannonEncoder.frame(native({ type: "PROGRESS" }, seq))?.id ?? "";
      expect(parseShannonResume(id)).toEqual({ afterSeq: seq });
    }),
  );
});

test("no word can forge a line of the stream: what may not stand in an event name is said by the body only", () => {
  fc.assert(
    fc.property(fc.string(), (word) => {
      const out = shannonEncoder.frame(native({ type: `x${word}` }));
      expect(out?.event ?? "x").toMatch(/^[A-Za-z0-9_.:-]+$/);
      expect(isJsonObject(out?.data)).toBe(true);
    }),
  );
});
