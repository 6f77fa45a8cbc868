import { describe, expect, test } from "vitest";
import type { CanonicalEvent } from "../../core/events/canonical";
import type { LoggedEvent } from "../../core/events/logged";
import { parseExact, stringifyExact } from "../../core/exact-json";
import type { JsonObject } from "../../core/json";
import type { Outgoing } from "../contract";
import { powabase, powabaseEncoder } from "./index";

function own(body: JsonObject): Outgoing {
  const address = powabase.address({ body });
  const type = "type" in address ? address.type : "";
  const event: LoggedEvent = { ...powabase.decode({ body }), seq: 1, receivedAtMs: 0, source: { dialect: "powabase", type } };
  return { event, raw: body, runId: "run_9f2" };
}

function foreign(event: CanonicalEvent): Outgoing {
  return { event: { ...event, seq: 1, receivedAtMs: 0, source: { dialect: "shannon", type: "X" } }, runId: "wf-1" };
}

const written = (outgoing: Outgoing) => JSON.stringify(powabaseEncoder.frame(outgoing));

describe("frames are bare data lines with both discriminators", () => {
  test.each<[string, JsonObject, string]>([
    [
      "start",
      { event: "start", run_id: "run_9f2", session_id: "sess_41" },
      '{"event":"start","type":"start","run_id":"run_9f2","session_id":"sess_41"}',
    ],
    ["step_started", { event: "step_started", step: 1 }, '{"event":"step_started","type":"step_started","step":1}'],
    ["chunk", { event: "chunk", content: "Hello" }, '{"event":"chunk","type":"chunk","content":"Hello"}'],
    [
      "tool_call",
      { event: "tool_call", tool_name: "web_search", arguments: { query: "AI" } },
      '{"event":"tool_call","type":"tool_call","tool_name":"web_search","arguments":{"query":"AI"}}',
    ],
    [
      "tool_result gains the engine's preview",
      { event: "tool_result", tool_name: "web_search", result: { hits: 3 } },
      '{"event":"tool_result","type":"tool_result","tool_name":"web_search","result":{"hits":3},"result_preview":"hits: 3"}',
    ],
    [
      "tool_result gains the seed's result",
      { event: "tool_result", tool_name: "web_search", result_preview: "3 hits" },
      '{"event":"tool_result","type":"tool_result","tool_name":"web_search","result_preview":"3 hits","result":"3 hits"}',
    ],
    [
      "approval_requested gains its run",
      { event: "approval_requested", tool_name: "send_email", tool_input: { to: "x" } },
      '{"event":"approval_requested","type":"approval_requested","tool_name":"send_email","tool_input":{"to":"x"},"run_id":"run_9f2"}',
    ],
    ["complete", { event: "complete", run_id: "run_9f2" }, '{"event":"complete","type":"complete","run_id":"run_9f2"}'],
    [
      "error gains the engine's key",
      { event: "error", message: "Rate limit exceeded" },
      '{"event":"error","type":"error","message":"Rate limit exceeded","run_id":"run_9f2","error":"Rate limit exceeded"}',
    ],
    [
      "a workflow's frame gains event",
      { type: "block_start", block_id: "b1", block_type: "llm" },
      '{"event":"block_start","type":"block_start","block_id":"b1","block_type":"llm"}',
    ],
    [
      "the seed's own word stays",
      { event: "delegation_start", agent: "researcher", task: "Find sources" },
      '{"event":"delegation_start","type":"delegation_start","agent":"researcher","task":"Find sources"}',
    ],
  ])("%s", (_, body, data) => {
    expect(written(own(body))).toBe(`{"data":${data}}`);
  });

  test("there is no name, no id, no greeting and the engine's heartbeat", () => {
    expect(powabaseEncoder.lineOrder).toEqual(["data"]);
    expect(powabaseEncoder.greeting).toBeUndefined();
    expect(powabaseEncoder.heartbeat).toBe("keepalive");
  });
});

test("a hook's body goes out with every digit", () => {
  const exact = '{"id":12345678901234567890,"price":1.10}';
  const text = `{"event":"PreToolUse","tool_name":"pay","data":{"tool_input":${exact}}}`;
  const outgoing = { ...own(JSON.parse(text)), raw: parseExact(text) };
  expect(stringifyExact(powabaseEncoder.frame(outgoing)?.data)).toContain(`"arguments":${exact}`);
});

test("a hook's body goes out as the frame of what it told", () => {
  const body = { event: "PreToolUse", tool_name: "send_email", data: { tool_input: { to: "x" } } };
  expect(written(own(body))).toBe('{"data":{"event":"tool_call","type":"tool_call","tool_name":"send_email","arguments":{"to":"x"}}}');
});

test("the bare end mark is not sent on", () => {
  const event: LoggedEvent = { type: "stream.ended", seq: 9, receivedAtMs: 0, source: { dialect: "powabase", type: "[DONE]" } };
  expect(powabaseEncoder.frame({ event, raw: {}, runId: "run_9f2" })).toBeNull();
});

describe("events of other systems get the engine's words", () => {
  test("a decision is told as Powabase tells it, and reads back as that decision", () => {
    for (const decision of ["denied", "timeout"] as const) {
      const frame = powabaseEncoder.frame(foreign({ type: "approval.decided", approval: { tool: "rm", decision, comment: "no" } }));
      expect(powabase.decode({ body: frame?.data as JsonObject }).approval).toMatchObject({ tool: "rm", decision });
    }
  });

  test("a yes to changed arguments says that they were changed", () => {
    const approval = { tool: "rm", decision: "approved", editedArguments: { path: "/tmp/x" } } as const;
    const frame = powabaseEncoder.frame(foreign({ type: "approval.decided", approval }));
    expect(frame?.data).toMatchObject({ event: "hook_result", modified: true, blocked: false });
  });

  test("an error that does not end the run is not sent: it would end the stream of a real client", () => {
    expect(powabaseEncoder.frame(foreign({ type: "error.occurred", error: { message: "retrying" } }))).toBeNull();
  });
});

test("the stream ends behind complete and error, and at nothing else", () => {
  expect(powabaseEncoder.ends(own({ event: "complete", status: "cancelled" }).event)).toBe(true);
  expect(powabaseEncoder.ends(own({ event: "error", message: "x" }).event)).toBe(true);
  expect(powabaseEncoder.ends(own({ type: "done", execution_id: "e" }).event)).toBe(true);
  expect(powabaseEncoder.ends(own({ event: "on_run_complete", status: "completed" }).event)).toBe(false);
  expect(powabaseEncoder.ends(own({ type: "block_error", data: { error: "x" } }).event)).toBe(false);
});

test("a filter finds an event by the sender's word, by ours and by the word it goes out under", () => {
  expect(powabaseEncoder.names(foreign({ type: "tool.called", name: "t" }))).toEqual(["X", "tool.called", "tool_call"]);
});
