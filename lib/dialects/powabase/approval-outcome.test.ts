import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../core/json";
import { emptyRun, fold } from "../../core/run/fold";
import { powabase } from "./index";

const request = {
  ...{ event: "approval_requested", type: "approval_requested", seq: 3, ts: "2026-03-04T10:15:03Z" },
  ...{ tool_name: "send_email", tool_input: { to: "ops@example.com" }, message: "Tool 'send_email' requires approval" },
};
const before: readonly JsonObject[] = [
  { event: "start", run_id: "run_9f2" },
  { event: "tool_call", seq: 2, tool_name: "send_email", arguments: { to: "ops@example.com" }, call_id: "c1" },
];
const result = { event: "tool_result", seq: 4, tool_name: "send_email", call_id: "c1" };

function stateOf(...bodies: readonly JsonObject[]) {
  const events = [...before, ...bodies].map((body, index) => ({
    ...powabase.decode({ body }),
    ...{ seq: index + 1, receivedAtMs: 1_000 * index, source: { dialect: "powabase" as const, type: String(body.event) } },
  }));
  const { lifecycle, approvals } = fold(emptyRun(), events);
  return { run: lifecycle.status, pending: approvals.pending, requests: approvals.entries.map(({ status }) => status) };
}

/** Powabase tells of no decision (wire contract 3.5): what the tool came to tells of it. */
describe("a request that was decided in Powabase", () => {
  const outcomes: readonly (readonly [string, readonly JsonObject[], string])[] = [
    ["returned", [{ ...result, result: "sent", result_preview: "sent" }], "approved"],
    ["returned, where the stream is cut to previews", [{ ...result, result_preview: "sent" }], "approved"],
    ["ran and failed by itself", [{ ...result, error: "Connection refused" }], "approved"],
    ["ran and said so in its result", [{ ...result, success: false, result: "no such user" }], "approved"],
    ["was refused", [{ ...result, result: "Denied by user: not now" }], "denied"],
    ["was refused, and says blocked", [{ ...result, result_meta: { blocked: true, error: "Denied by user" } }], "denied"],
    ["was refused, as an error", [{ ...result, error: "Denied by user: not now" }], "denied"],
    ["was blocked after the wait", [{ ...result, blocked: true, error: "Approval timed out" }], "expired"],
    [
      "is told by its hook first",
      [
        { event: "hook_result", status: "succeeded", blocked: true, tool_name: "send_email", message: "Denied by user" },
        { ...result, error: "Denied by user" },
      ],
      "denied",
    ],
    [
      "is told by a hook that names no tool",
      [{ event: "hook_result", status: "timed_out", blocked: true, message: "Approval timed out" }],
      "expired",
    ],
  ];
  test.each(outcomes)("waits no longer when its tool %s", (_, told, status) => {
    expect(stateOf(request)).toEqual({ run: "waiting", pending: 1, requests: ["pending"] });
    expect(stateOf(request, ...told)).toEqual({ run: "running", pending: 0, requests: [status] });
    expect(stateOf({ ...request, run_id: "run_9f2", approval_id: "a-1" }, ...told)).toMatchObject({ run: "running", requests: [status] });
  });

  test.each(outcomes)("waits no longer when the request arrives behind what tells that its tool %s", (_, told, status) => {
    const timed = told.map((body, index) => ({ ...body, ts: `2026-03-04T10:15:0${4 + index}Z` }));
    expect(stateOf(...timed, request)).toEqual({ run: "running", pending: 0, requests: [status] });
    // Without the sender's clock nobody knows that the request came first.
    expect(stateOf(...told, request).requests).toEqual(["pending"]);
  });

  test("keeps few of the results that no request came for", () => {
    const others = Array.from({ length: 400 }, (_, index) => ({ ...result, ts: 1_772_619_303 + index, tool_name: `t${index}` }));
    const events = others.map((body, index) => ({
      ...powabase.decode({ body }),
      ...{ seq: index + 1, receivedAtMs: 1_000 * index, source: { dialect: "powabase" as const, type: "tool_result" } },
    }));
    const { approvals } = fold(emptyRun(), events);
    expect(approvals.decisions.map(({ inferredOf }) => inferredOf)).toEqual(others.slice(-16).map(({ tool_name }) => tool_name));
    expect(events.reduce((state, event) => fold(state, [event]), emptyRun()).approvals).toEqual(approvals);
  });

  test("is not decided by what another call or another tool came to", () => {
    const other = { ...result, call_id: "c0", result: "sent" };
    expect(stateOf({ ...request, call_id: "c1" }, other).requests).toEqual(["pending"]);
    expect(stateOf(request, { ...result, tool_name: "search", result: "found" }).requests).toEqual(["pending"]);
    expect(stateOf({ ...request, call_id: "c1" }, other, { ...result, result: "sent" }).requests).toEqual(["approved"]);
  });
});
