import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CanonicalEvent, canonicalTypes } from "../../core/events/canonical";
import type { Json, JsonObject } from "../../core/json";
import { runStatuses } from "../../core/run/status";
import { type Incoming, isRefusal, type Outgoing } from "../contract";
import { readString } from "../shared";
import { agentOs, agentOsEncoder, agentOsStatus } from "./index";

const hostileKeys = ["__proto__", "constructor", "payload", "event_type", "sdk_run_id", "node", "phase", "error", "output", "response"];
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom("1e400", "-1", '{"a":')),
    fc.array(tie("value")),
    fc.array(fc.tuple(fc.oneof(fc.constantFrom(...hostileKeys), fc.string()), tie("value"))).map((pairs) => Object.fromEntries(pairs)),
  ),
})).value;
const fields = {
  event_type: fc.oneof(fc.constantFrom(...agentOs.catalogue), json),
  sdk_run_id: json,
  agent_name: json,
  payload: json,
  occurred_at: json,
};
const incoming: fc.Arbitrary<Incoming> = fc.record({ body: fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<JsonObject> });

describe("whatever the JSON holds", () => {
  test("it is read without a throw, into fields that only hold what they promise", () => {
    fc.assert(
      fc.property(incoming, (given) => {
        agentOs.address(given);
        const event = agentOs.decode(given);
        expect(canonicalTypes).toContain(event.type);
        for (const value of Object.values(event)) expect(value === undefined || value === null).toBe(false);
        const { scope, model, provider, ...figures } = event.usage ?? { scope: "run" };
        for (const figure of Object.values(figures)) expect(Number.isSafeInteger(figure) && Number(figure) >= 0).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("a body nested a hundred thousand deep is read", () => {
    let deep: Json = "end";
    for (let level = 0; level < 100_000; level++) deep = { down: deep };
    for (const event_type of agentOs.catalogue) {
      const payload = { input: deep, output: deep, error: deep, context: deep, response: deep };
      expect(agentOs.decode({ body: { event_type, payload } }).type).not.toBe("event.unknown");
    }
  });
});

describe("at the door", () => {
  test("two equal events stay two, because nothing says that they are one", () => {
    expect(agentOs.address({ body: { event_type: "step", sdk_run_id: "r", payload: {} } })).toStrictEqual({ run: "r", type: "step" });
  });

  test.each<[string, JsonObject, string]>([
    ["no type", { sdk_run_id: "r" }, "missing_type"],
    ["a type that is no word", { sdk_run_id: "r", event_type: {} }, "missing_type"],
    ["an empty run id", { sdk_run_id: "", event_type: "step" }, "invalid_run_id"],
    ["a run id with a line break", { sdk_run_id: "a\nb", event_type: "step" }, "invalid_run_id"],
  ])("%s is refused with its reason", (_case, body, code) => {
    const refusal = agentOs.address({ body });
    expect(isRefusal(refusal) && refusal.code).toBe(code);
  });
});

const receivedAtMs = Date.UTC(2026, 3, 2, 10);

function foreign(event: CanonicalEvent): Outgoing {
  return { event: { ...event, seq: 3, receivedAtMs, source: { dialect: "shannon", type: "X" } }, runId: "r-1" };
}

describe("out again", () => {
  test("an agent-os event leaves as it came, under the run's id, with a time", () => {
    const raw = { event_type: "STEP", sdk_run_id: "old", payload: { node_name: "a" }, note: 1 };
    const event = { ...agentOs.decode({ body: raw }), seq: 3, receivedAtMs, source: { dialect: "agent-os", type: "STEP" } } as const;
    expect(agentOsEncoder.item({ event, raw, runId: "r-1" })).toEqual({
      event_type: "step",
      sdk_run_id: "r-1",
      payload: { node_name: "a" },
      note: 1,
      occurred_at: "2026-04-02T10:00:00.000Z",
    });
    expect(agentOsEncoder.names({ event, raw, runId: "r-1" })).toEqual(["step", "STEP", "step.completed"]);
  });

  test("a question of its own goes out with the id by which it can be answered: the sender's, else ours", () => {
    const asked = (approval: object) => {
      const raw = { event_type: "human_input_requested", sdk_run_id: "r-1", payload: { question: "Go?", ...approval } };
      const event = agentOs.decode({ body: raw });
      const told = { ...event, approval: { ...event.approval, requestId: "our-id" }, seq: 3, receivedAtMs };
      const source = { dialect: "agent-os", type: raw.event_type } as const;
      return agentOsEncoder.item({ event: { ...told, source }, raw, runId: "r-1" })?.payload;
    };
    expect(asked({})).toEqual({ question: "Go?", request_id: "our-id" });
    expect(asked({ request_id: "their-id" })).toEqual({ question: "Go?", request_id: "their-id" });
  });

  test("its time is the sender's as it was written, else when it was, else when it came", () => {
    const time = (occurred_at?: string, occurredAtMs?: number) => {
      const raw = { event_type: "step", payload: {}, ...(occurred_at === undefined ? {} : { occurred_at }) };
      const source = { dialect: "agent-os", type: "step" } as const;
      const event = {
        type: "step.completed",
        ...(occurredAtMs === undefined ? {} : { occurredAtMs }),
        seq: 3,
        receivedAtMs,
        source,
      } as const;
      return agentOsEncoder.item({ event, raw, runId: "r-1" })?.occurred_at;
    };
    expect(time("2026-04-02T10:00:00.123456Z", 0)).toBe("2026-04-02T10:00:00.123456Z");
    expect([time("yesterday", 0), time(undefined, 0), time()]).toEqual([
      "1970-01-01T00:00:00.000Z",
      "1970-01-01T00:00:00.000Z",
      "2026-04-02T10:00:00.000Z",
    ]);
  });

  test("a word that could forge a line of the stream is said by the body alone, and an event without a word has no name", () => {
    const framed = (type: string) => {
      const source = { dialect: "agent-os", type } as const;
      const raw = { event_type: type, payload: {} };
      return agentOsEncoder.frame({ event: { type: "event.unknown", seq: 3, receivedAtMs, source }, raw, runId: "r-1" });
    };
    expect(framed("own_word")).toMatchObject({ id: "3", event: "own_word" });
    for (const type of ["own\nevent: x", "x y", "é", "x".repeat(65)]) expect(framed(type)).not.toHaveProperty("event");
    expect(agentOsEncoder.names(foreign({ type: "heartbeat.received" }))).toEqual([]);
  });

  test("the end of another system's run carries its output, tokens and dollars", () => {
    const usage = { scope: "run", model: "gpt-4", input: 150, output: 45, total: 195, costNanos: 2_300_000 } as const;
    expect(agentOsEncoder.frame(foreign({ type: "run.completed", text: "Done", usage }))).toEqual({
      id: "3",
      event: "run_end",
      data: {
        event_type: "run_end",
        payload: { output: "Done", prompt_tokens: 150, completion_tokens: 45, total_tokens: 195, cost_usd: 0.0023, model: "gpt-4" },
        sdk_run_id: "r-1",
        occurred_at: "2026-04-02T10:00:00.000Z",
      },
    });
  });

  test("tool previews hold 500 characters", () => {
    const item = agentOsEncoder.item(foreign({ type: "tool.returned", name: "t", output: "x".repeat(600) }));
    expect(readString(item?.payload, "output_preview")).toHaveLength(500);
  });

  test("an error that the run survives is not told as the error that ends it", () => {
    expect(agentOsEncoder.item(foreign({ type: "error.occurred", error: { message: "m" } }))).toBeNull();
    expect(agentOsEncoder.item(foreign({ type: "run.failed", error: { message: "m" } }))).toMatchObject({ event_type: "error" });
  });

  test.each(canonicalTypes)("%s, when it has a word, is read back as an event of the catalogue", (type) => {
    const item = agentOsEncoder.item(foreign({ type, name: "n", text: "t", agent: "a" }));
    if (item !== null) expect(agentOs.decode({ body: item }).type).not.toBe("event.unknown");
  });

  test.each(["run.completed", "run.failed", "run.cancelled", "run.expired"] as const)("%s ends the stream", (type) => {
    expect(agentOsEncoder.ends(foreign({ type }).event)).toBe(true);
    expect(agentOsEncoder.ends(foreign({ type: "step.completed" }).event)).toBe(false);
  });
});

test("writing is total, and what it writes is JSON without holes", () => {
  fc.assert(
    fc.property(incoming, (given) => {
      const decoded = { ...agentOs.decode(given), seq: 3, receivedAtMs };
      const address = agentOs.address(given);
      const type = isRefusal(address) ? "" : address.type;
      const outs: Outgoing[] = [
        { event: { ...decoded, source: { dialect: "agent-os", type } }, raw: given.body, runId: "r-1" },
        { event: { ...decoded, source: { dialect: "crewship", type } }, runId: "r-1" },
      ];
      for (const out of outs) {
        agentOsEncoder.names(out);
        for (const value of Object.values(agentOsEncoder.item(out) ?? {})) expect(value).not.toBeUndefined();
        expect(agentOsEncoder.frame(out)?.data ?? null).toEqual(agentOsEncoder.item(out));
      }
    }),
  );
});

test("statuses leave in the seed's four words", () => {
  expect(runStatuses.map((status) => `${status}: ${agentOsStatus(status)}`)).toEqual([
    "queued: running",
    "running: running",
    "waiting: waiting_for_input",
    "pausing: running",
    "paused: running",
    "stalled: running",
    "succeeded: success",
    "failed: error",
    "cancelling: running",
    "cancelled: error",
    "expired: error",
  ]);
});
