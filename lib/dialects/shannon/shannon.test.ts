import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalTypes } from "../../core/events/canonical";
import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import { type Incoming, isRefusal, type Outgoing } from "../contract";
import { shannon, shannonEncoder } from "./index";
import { writtenType } from "./shannon-event";

const hostileKeys = ["__proto__", "constructor", "toString", "payload", "data", "message", "type", "workflow_id", "seq", "usage", "agents"];
const key = fc.oneof(fc.constantFrom(...hostileKeys), fc.string());
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom("1e400", "-1", "{}", '{"a":', "\u2028")),
    fc.array(tie("value")),
    fc.array(fc.tuple(key, tie("value"))).map((pairs) => Object.fromEntries(pairs)),
  ),
})).value;
const field = fc.oneof(json, fc.string());
const body = fc
  .record(
    {
      type: fc.oneof(fc.constantFrom(...shannon.catalogue), field),
      workflow_id: field,
      agent_id: field,
      message: field,
      payload: field,
      data: field,
      timestamp: field,
      seq: field,
      stream_id: field,
    },
    { requiredKeys: [] },
  )
  .chain((known) => fc.array(fc.tuple(key, json)).map((pairs) => ({ ...Object.fromEntries(pairs), ...known }) as JsonObject));
const incoming: fc.Arbitrary<Incoming> = fc.record(
  { body, name: fc.oneof(fc.constantFrom(...shannon.catalogue), fc.string()), id: fc.string() },
  { requiredKeys: ["body"] },
);

describe("a decision that was changed or said in words", () => {
  const decided = (payload: JsonObject) =>
    shannon.decode({ body: { workflow_id: "wf-1", type: "APPROVAL_DECISION", payload: { approval_id: "appr-123", ...payload } } });

  test("holds the changed arguments as changed arguments and the words as the answer", () => {
    const { approval, extra } = decided({ decision: "approved", modified_action: { file_path: "/tmp/x" }, response: "the other file" });
    expect(approval).toEqual({
      ...{ id: "appr-123", kind: "tool", decision: "approved" },
      ...{ answer: "the other file", editedArguments: { file_path: "/tmp/x" } },
    });
    expect(extra).toBeUndefined();
  });

  test("of another system's run never reaches Shannon's clients as a yes to the old arguments", () => {
    const item = shannonEncoder.item({
      event: {
        ...{ type: "approval.decided", seq: 1, receivedAtMs: 0, source: { dialect: "crewship", type: "approval.decided" } },
        approval: { id: "a", decision: "approved", editedArguments: { path: "/tmp/x" } },
      },
      runId: "run_1",
    });
    expect(item).toMatchObject({ payload: { decision: "approved", modified_action: { path: "/tmp/x" } } });
  });
});

describe("whatever the JSON holds", () => {
  test("it is read without a throw, into fields that only hold what they promise", () => {
    fc.assert(
      fc.property(incoming, (given) => {
        const event = shannon.decode(given);
        expect(canonicalTypes).toContain(event.type);
        for (const value of Object.values(event)) expect(value === undefined || value === null).toBe(false);
        const { scope, model, provider, rule, ...figures } = event.usage ?? { scope: "call" };
        for (const figure of Object.values(figures)) expect(Number.isSafeInteger(figure) && Number(figure) >= 0).toBe(true);
        if (event.occurredAtMs !== undefined) expect(new Date(event.occurredAtMs).getTime()).toBe(event.occurredAtMs);
        if (event.durationMs !== undefined) expect(Number.isSafeInteger(event.durationMs) && event.durationMs >= 0).toBe(true);
        expect((event.summary ?? "").length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 1_000 },
    );
  });

  test("its address is found or refused without a throw, and an event with a type and a sound run is never refused", () => {
    fc.assert(
      fc.property(incoming, (given) => {
        shannon.address(given);
        const sound = shannon.address({ ...given, body: { ...given.body, type: "ANY_WORD", workflow_id: "wf-1" } });
        expect(isRefusal(sound)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test("writing it is total, as a Shannon run's and as another's, and what is written has no holes", () => {
    fc.assert(
      fc.property(incoming, (given) => {
        const decoded = { ...shannon.decode(given), seq: 3, receivedAtMs: 0 };
        const type = writtenType(given);
        const outs: Outgoing[] = [
          { event: { ...decoded, source: { dialect: "shannon", type } }, raw: given.body, runId: "wf-1" },
          { event: { ...decoded, source: { dialect: "crewship", type } }, runId: "wf-1" },
        ];
        for (const out of outs) {
          shannonEncoder.names(out);
          for (const written of [shannonEncoder.item(out), shannonEncoder.frame(out)?.data])
            if (isJsonObject(written)) for (const value of Object.values(written)) expect(value).not.toBeUndefined();
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a body nested a hundred thousand deep is read", () => {
    let deep: Json = "end";
    for (let level = 0; level < 100_000; level++) deep = [deep];
    for (const type of shannon.catalogue)
      expect(() => shannon.decode({ body: { type, payload: { result: deep, params: deep, error: deep, usage: deep } } })).not.toThrow();
  });

  test("reading twice gives the same event", () => {
    fc.assert(fc.property(incoming, (given) => void expect(shannon.decode(given)).toStrictEqual(shannon.decode(given))));
  });
});

describe("refusals", () => {
  test.each<[string, Incoming, string]>([
    ["no type and no frame name", { body: { workflow_id: "wf-1" } }, "missing_type"],
    ["a type that is no word", { body: { workflow_id: "wf-1", type: 7 } }, "missing_type"],
    ["a blank type", { body: { workflow_id: "wf-1", type: "  " } }, "missing_type"],
    ["only the default name of a frame", { body: { workflow_id: "wf-1" }, name: "message" }, "missing_type"],
    ["an empty run id", { body: { workflow_id: "", type: "PROGRESS" } }, "invalid_run_id"],
    ["a run id of 10,000 characters", { body: { workflow_id: "x".repeat(10_000), type: "PROGRESS" } }, "invalid_run_id"],
    ["a run id that is an object", { body: { workflow_id: {}, type: "PROGRESS" } }, "invalid_run_id"],
  ])("%s is refused with its reason", (_case, given, code) => {
    const refusal = shannon.address(given);
    expect(isRefusal(refusal) && refusal.code).toBe(code);
  });
});

describe("recognising an event that comes twice", () => {
  const base = { workflow_id: "wf-1", type: "AGENT_THINKING", stream_id: "stream-abc123" };
  const keyOf = (given: Incoming) => {
    const address = shannon.address(given);
    return isRefusal(address) ? undefined : address.dedupeKey;
  };

  test("one stream_id for a whole stream does not make its events one", () => {
    expect(keyOf({ body: { ...base, seq: 1 } })).not.toBe(keyOf({ body: { ...base, seq: 2 } }));
    expect(keyOf({ body: base })).toBeUndefined();
  });

  test("the same event pushed, listed and streamed under its SSE name has one key", () => {
    const stored = keyOf({ body: { workflow_id: "wf-1", type: "LLM_PARTIAL", seq: 9, message: "a" } });
    const framed = keyOf({ name: "thread.message.delta", id: "1761545276767-0", body: { workflow_id: "wf-1", seq: 9, delta: "a" } });
    expect(framed).toBe(stored);
  });

  test("an error and the tool call beside it with one sequence are two events", () => {
    expect(keyOf({ body: { ...base, seq: 1 } })).not.toBe(keyOf({ body: { ...base, type: "TOOL_INVOKED", seq: 1 } }));
  });
});
