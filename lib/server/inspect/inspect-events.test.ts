import { describe, expect, it, test } from "vitest";
import type { Dialect } from "@/lib/core/dialect";
import { dialectFixtures } from "@/test/dialect-fixtures";
import { inspectEvents } from "./inspect-events";

const nowMs = Date.UTC(2026, 0, 5, 9);
const inspect = (text: string, more: { dialect?: Dialect; run?: string } = {}) =>
  inspectEvents({ text, ...more }, { nowMs, redactor: null });

const started = { workflow_id: "wf-1", type: "WORKFLOW_STARTED", seq: 1, payload: { query: "Q4" } };

describe("the form of the text", () => {
  it("is told as the doors tell it: object, array, lines, stream", () => {
    const one = JSON.stringify(started);
    expect(inspect(one)).toMatchObject({ kind: "json", total: 1, dialect: "shannon" });
    expect(inspect(JSON.stringify(started, null, 2))).toMatchObject({ kind: "json", total: 1 });
    expect(inspect(`[${one},${one}]`)).toMatchObject({ kind: "json", total: 2 });
    expect(inspect(`${one}\n\n${one}\n`)).toMatchObject({ kind: "ndjson", total: 2 });
    expect(inspect(`event: WORKFLOW_STARTED\nid: 7\ndata: ${one}`)).toMatchObject({
      kind: "sse",
      total: 1,
      events: [{ frame: { event: "WORKFLOW_STARTED", id: "7" } }],
    });
  });

  it("of no kind is refused with what would fit, and broken JSON with where it breaks", () => {
    expect(() => inspect("hello there")).toThrow(/neither JSON nor a text\/event-stream/);
    expect(() => inspect('{"type": "run.started",\n"payload": {,}}')).toThrow(/position|column/);
    expect(() => inspect("  ")).toThrow();
  });
});

describe("each event", () => {
  it("comes with its address, its canonical form and the rule that mapped it", () => {
    const [event] = inspect(JSON.stringify(started), { dialect: "shannon" }).events;
    expect(event?.address).toEqual({ run: "wf-1", kind: "run", type: "WORKFLOW_STARTED", seq: 1, dedupeKey: "1:WORKFLOW_STARTED" });
    expect(event?.canonical).toMatchObject({ type: "run.started", run: { query: "Q4" } });
    expect(event?.rule).toMatchObject({ type: "WORKFLOW_STARTED", canonical: "run.started", origin: "seed" });
    expect(event?.raw).toEqual(started);
  });

  it("of a type that nobody lists is kept and has no rule", () => {
    const [event] = inspect(JSON.stringify({ ...started, type: "SOMETHING_NEW" }), { dialect: "shannon" }).events;
    expect(event?.canonical?.type).toBe("event.unknown");
    expect(event?.rule).toBeUndefined();
    expect(event?.refusal).toBeUndefined();
  });

  it("that is refused says why, and its neighbours are read", () => {
    const reply = inspect(`${JSON.stringify(started)}\n{"type":\n"text"\n{"workflow_id":"wf-1"}\n{"type":"WORKFLOW_STARTED"}`, {
      dialect: "shannon",
    });
    expect(reply.events.map((event) => event.refusal?.code)).toEqual([
      undefined,
      "invalid_json",
      "invalid_event",
      "missing_type",
      "missing_run",
    ]);
    expect(inspect('{"type":"WORKFLOW_STARTED"}', { dialect: "shannon" }).events[0]?.refusal?.code).toBe("missing_run");
    expect(inspect('{"type":"WORKFLOW_STARTED"}', { dialect: "shannon", run: "given" }).events[0]?.address?.run).toBe("given");
  });
});

test("beyond the events that are listed the rest is counted", () => {
  const reply = inspect(Array.from({ length: 250 }, (_, at) => JSON.stringify({ ...started, seq: at })).join("\n"));
  expect(reply.events).toHaveLength(200);
  expect(reply).toMatchObject({ total: 250, readings: [{ dialect: "shannon", known: 250, unknown: 0, refused: 0 }, {}, {}, {}, {}] });
});

test.each([
  ["lines", (all: readonly string[]) => all.join("\n")],
  ["an array", (all: readonly string[]) => `[${all.join(",")}]`],
  ["a stream", (all: readonly string[]) => all.map((one) => `data: ${one}\n\n`).join("")],
])("of more events than anybody looks at the first 500 are read, the rest is counted and said to be left out: %s", (_form, written) => {
  const all = Array.from({ length: 40_000 }, (_, at) => JSON.stringify({ type: "WORKFLOW_STARTED", workflow_id: "w", seq: at }));
  const reply = inspect(written(all), { dialect: "shannon" });
  expect(reply).toMatchObject({ total: 40_000, inspected: 500 });
  for (const { known, unknown, refused } of reply.readings) expect(known + unknown + refused).toBe(500);
});

describe.each(["shannon", "agent-os", "powabase", "crewship", "resonant"] as const)("%s", (dialect) => {
  const cases = dialectFixtures(new URL(`../../dialects/${dialect}/fixtures/`, import.meta.url));
  const known = cases.filter(({ event, address }) => event.type !== "event.unknown" && !("code" in address));

  test.each(known)("$file: $name is mapped by a listed rule", ({ incoming }) => {
    const data = JSON.stringify(incoming.body);
    const frame = `${incoming.name ? `event: ${incoming.name}\n` : ""}${incoming.id ? `id: ${incoming.id}\n` : ""}data: ${data}\n\n`;
    const [event] = inspect(frame, { dialect, run: "given" }).events;
    expect(event).toMatchObject({ rule: { type: expect.any(String) } });
  });
});
