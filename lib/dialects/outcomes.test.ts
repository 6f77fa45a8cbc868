import { describe, expect, test } from "vitest";
import type { Dialect } from "../core/dialect";
import type { CanonicalEvent } from "../core/events/canonical";
import type { JsonObject } from "../core/json";
import { adapters } from "./registry";

const shannon = (type: string, payload: JsonObject): JsonObject => ({ workflow_id: "r", type, payload });
const agentOs = (event_type: string, payload: JsonObject): JsonObject => ({ event_type, sdk_run_id: "r", payload });
const resonant = (type: string, data: JsonObject): JsonObject => ({ type, data: { session_id: "r", ...data } });
const crewship = (type: string, payload: JsonObject): JsonObject => ({ type, run_id: "r", payload });

type Row = readonly [dialect: Dialect, body: JsonObject, type: CanonicalEvent["type"], message?: string];

const rows: readonly Row[] = [
  ["shannon", shannon("TOOL_OBSERVATION", { tool: "t", success: false }), "tool.failed", "The error came without a message."],
  ["shannon", shannon("TOOL_OBSERVATION", { tool: "t", error: "boom" }), "tool.failed", "boom"],
  ["shannon", shannon("TOOL_OBSERVATION", { tool: "t", error_message: "boom" }), "tool.failed", "boom"],
  ["shannon", shannon("TOOL_OBSERVATION", { tool: "t", success: true, error: "" }), "tool.returned"],
  ["shannon", shannon("TOOL_OBSERVATION", { tool: "t", error: false, error_message: "" }), "tool.returned"],
  ["agent-os", agentOs("step", { node_name: "n", phase: "start", error: "boom" }), "step.started"],
  ["agent-os", agentOs("step", { node_name: "n", phase: "begin" }), "step.started"],
  ["agent-os", agentOs("step", { node_name: "n" }), "step.completed"],
  ["agent-os", agentOs("step", { node_name: "n", phase: "ERROR" }), "step.failed", "It failed without a message."],
  ["agent-os", agentOs("tool_call", { tool_name: "t", phase: "failed" }), "tool.failed", "It failed without a message."],
  ["agent-os", agentOs("tool_call", { tool_name: "t", error: "boom" }), "tool.failed", "boom"],
  ["agent-os", agentOs("error", {}), "run.failed", "The run failed without a message."],
  ["powabase", { event: "tool_result", tool_name: "t", result: "fine" }, "tool.returned"],
  ["powabase", { event: "tool_result", tool_name: "t", success: true, is_error: false }, "tool.returned"],
  ["powabase", { event: "tool_result", tool_name: "t", success: false }, "tool.failed", "The tool failed without a message."],
  ["powabase", { event: "tool_result", tool_name: "t", is_error: true, result: "no such file" }, "tool.failed", "no such file"],
  ["powabase", { event: "tool_result", tool_name: "t", blocked: true, result: "by a rule" }, "tool.failed", "by a rule"],
  ["powabase", { event: "tool_result", tool_name: "t", result_meta: { blocked: true }, result: "by a rule" }, "tool.failed", "by a rule"],
  ["powabase", { event: "tool_result", tool_name: "t", result_meta: { error: "boom" } }, "tool.failed", "boom"],
  ["powabase", { event: "hook_result", hook_event: "PreToolUse", status: "succeeded" }, "hook.completed"],
  ["powabase", { event: "hook_result", hook_event: "PreToolUse", status: "failed", message: "exit 2" }, "hook.completed", "exit 2"],
  ["powabase", { event: "hook_result", hook_event: "PreToolUse", status: "timed_out" }, "hook.completed", "The hook timed_out."],
  ["powabase", { event: "hook_result", hook_event: "PreToolUse", error: "boom" }, "hook.completed", "boom"],
  ["powabase", { event: "PostToolUse", tool_name: "t", data: { error: "boom" } }, "tool.failed", "boom"],
  ["powabase", { event: "OnRunComplete", data: { content: "done" } }, "run.completed"],
  ["powabase", { event: "OnRunComplete", data: { error: "boom" } }, "run.failed", "boom"],
  ["powabase", { event: "OnRunComplete", data: { status: "cancelled" } }, "run.cancelled"],
  ["powabase", { event: "delegation_completed", agent: "a", status: "failed" }, "delegation.completed", "The delegation ended as failed."],
  ["powabase", { event: "delegation_completed", agent: "a", status: "completed" }, "delegation.completed"],
  ["powabase", { type: "block_error", data: { error: "boom" } }, "step.failed", "boom"],
  ["powabase", { type: "block_error", message: "boom" }, "step.failed", "boom"],
  ["powabase", { type: "block_error" }, "step.failed", "The block failed without a message."],
  ["powabase", { type: "done", error: "boom" }, "run.failed", "boom"],
  ["powabase", { type: "done", status: "cancelled" }, "run.cancelled"],
  ["crewship", crewship("agent.error", {}), "agent.failed", "The agent failed without a message."],
  ["crewship", crewship("tool.error", {}), "tool.failed", "The tool failed without a message."],
  ["crewship", crewship("run.completed", { status: "canceled" }), "run.cancelled"],
  ["crewship", crewship("run.completed", { status: "timeout" }), "run.expired"],
  ["crewship", crewship("run.cancelled", {}), "run.cancelled"],
  ["crewship", crewship("run.failed", {}), "run.failed", "The run failed without a message."],
  ["crewship", crewship("complete", {}), "stream.ended"],
  ["crewship", crewship("complete", { status: "failed", error: "boom" }), "run.failed", "boom"],
  ["crewship", crewship("error", {}), "error.occurred", "The stream reported an error."],
  [
    "resonant",
    resonant("session.step.completed", { step_type: "plan", status: "failed" }),
    "step.failed",
    "The step failed without a message.",
  ],
  ["resonant", resonant("session.step.completed", { step_type: "tool_call", error: "boom" }), "tool.failed", "boom"],
  ["resonant", resonant("session.step.completed", { step_type: "tool_call", status: "completed" }), "tool.returned"],
  ["resonant", resonant("session.step.completed", { step_type: "plan" }), "step.completed"],
  ["resonant", resonant("session.completed", { status: "failed", error: "boom" }), "run.failed", "boom"],
  ["resonant", resonant("session.completed", { message: "all fine" }), "run.completed"],
  ["resonant", resonant("session.failed", { status: "completed" }), "run.failed", "The session failed without a message."],
  ["resonant", resonant("session.failed", { message: "boom" }), "run.failed", "boom"],
  ["resonant", resonant("session.timeout", {}), "run.expired", "The session timed out."],
  ["resonant", resonant("team.execution.completed", { error_message: "boom" }), "run.failed", "boom"],
  ["resonant", resonant("team.execution.completed", { status: "cancelled" }), "run.cancelled"],
  ["resonant", resonant("team.execution.completed", {}), "run.completed"],
  ["resonant", resonant("team.task.completed", { result: "failed" }), "task.completed", "The task failed without a message."],
  ["resonant", resonant("error", {}), "error.occurred", "The session reported an error."],
  ["resonant", resonant("error", { message: "boom", recoverable: true }), "error.occurred", "boom"],
  ["resonant", resonant("error", { message: "boom", recoverable: false }), "run.failed", "boom"],
  ["resonant", resonant("error", { message: "boom", status: "failed" }), "run.failed", "boom"],
];

describe("how it went is read wherever a sender says it, and a failure never without a word", () => {
  test.each(rows.map(([dialect, body, type, message]) => ({ dialect, body, type, message })))(
    "$dialect $body",
    ({ dialect, body, type, message }) => {
      const event = adapters[dialect].decode({ body });
      expect([event.type, event.error?.message]).toEqual([type, message]);
    },
  );

  test("a session's failure keeps its code where it says nothing else", () => {
    const { error } = adapters.resonant.decode({ body: resonant("session.failed", { error_code: "E7" }) });
    expect(error).toEqual({ message: "The session failed without a message.", code: "E7" });
  });
});

test("a line of Crewship's log is as grave as its sender says, in any case", () => {
  const level = (word: string) => adapters.crewship.decode({ body: crewship("log", { level: word, message: "m" }) }).level;
  expect(["trace", "debug", "INFO", "notice", "warn", "Warning", "error", "critical", "fatal", "loud"].map(level)).toEqual([
    ...["debug", "debug", "info", "info", "warn", "warn", "error", "error", "error"],
    undefined,
  ]);
});

describe("a decision in Shannon's words", () => {
  const decided = (payload: JsonObject, message?: string) =>
    adapters.shannon.decode({ body: { ...shannon("APPROVAL_DECISION", payload), ...(message === undefined ? {} : { message }) } }).approval;

  test.each([
    ...["approved", "approve", "granted", "APPROVED"].map((word) => [word, "approved"] as const),
    ...["denied", "deny", "rejected"].map((word) => [word, "denied"] as const),
    ...["timeout", "timed_out", "expired"].map((word) => [word, "timeout"] as const),
    ...["maybe", "", "constructor"].map((word) => [word, undefined] as const),
  ])("%j is %s", (word, decision) => {
    expect(decided({ decision: word })?.decision).toBe(decision);
    expect(decided({ status: word })?.decision).toBe(decision);
  });

  test("goes by the word, then by the yes or no, then by the sentence", () => {
    expect(decided({ decision: "denied", approved: true }, "Approval approved")?.decision).toBe("denied");
    expect(decided({ approved: true }, "Approval denied: id=x")?.decision).toBe("approved");
    expect(decided({ approved: false })?.decision).toBe("denied");
    expect(decided({}, "Approval rejected: id=x, feedback=no, approved it is not")).toMatchObject({
      decision: "denied",
      comment: "no, approved it is not",
    });
    expect(decided({ comments: "approved by nobody" })?.decision).toBeUndefined();
  });
});

describe("what a human approves at Shannon's", () => {
  test.each<[JsonObject, unknown]>([
    [{ details: { path: "/a" } }, { path: "/a" }],
    [{ operation: "delete" }, { operation: "delete" }],
    [
      { operation: "delete", details: { path: "/a" } },
      { operation: "delete", path: "/a" },
    ],
    [
      { operation: "delete", details: ["/a", "/b"] },
      { operation: "delete", details: ["/a", "/b"] },
    ],
    [
      { operation: "delete", details: { operation: "read", path: "/a" } },
      { operation: "delete", details: { operation: "read", path: "/a" } },
    ],
    [{ operation: "", details: { path: "/a" } }, { path: "/a" }],
    [
      { operation: "run", params: '{"path":"/a"}' },
      { operation: "run", path: "/a" },
    ],
  ])("%j holds the operation and all of the details", (payload, asked) => {
    const { approval } = adapters.shannon.decode({ body: shannon("APPROVAL_REQUESTED", { approval_id: "a", ...payload }) });
    expect(approval?.arguments).toEqual(asked);
  });

  test("is asked in the sender's question, else in its message", () => {
    const asked = (payload: JsonObject) =>
      adapters.shannon.decode({ body: { ...shannon("APPROVAL_REQUESTED", payload), message: "Approve deploy (id=x)" } });
    expect(asked({ question: "Deploy to production?" }).approval?.question).toBe("Deploy to production?");
    expect(asked({}).approval?.question).toBe("Approve deploy (id=x)");
  });
});
