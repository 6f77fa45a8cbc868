import { describe, expect, test } from "vitest";
import type { CanonicalEvent } from "../../core/events/canonical";
import type { LoggedEvent } from "../../core/events/logged";
import type { Incoming, Outgoing } from "../contract";
import { resonant, resonantEncoder, resonantEnvelope } from "./index";

const runId = "0190a1b2-c3d4-7000-8000-00000000abcd";
const receivedAtMs = Date.parse("2026-02-21T03:27:05.000Z");

function own(incoming: Incoming, seq = 12): Outgoing {
  const address = resonant.address(incoming);
  const source = "type" in address ? { type: address.type, ...(address.id === undefined ? {} : { id: address.id }) } : { type: "" };
  const event: LoggedEvent = { ...resonant.decode(incoming), seq, receivedAtMs, source: { dialect: "resonant", ...source } };
  return { event, raw: incoming.body, runId };
}

function foreign(event: CanonicalEvent, seq = 12): Outgoing {
  return { event: { ...event, seq, receivedAtMs, source: { dialect: "shannon", type: "X" } }, runId };
}

const base = {
  id: "evt_abc123",
  type: "agent.created",
  created_at: "2026-02-21T03:27:00Z",
  data: { agent_id: "agent_123", name: "Research Assistant" },
  metadata: { user_id: "user_456", organization_id: "org_789", request_id: "req_xyz" },
};

test("the guide's base event goes out byte for byte", () => {
  const frame = resonantEncoder.frame(own({ body: base }));
  expect(JSON.stringify(frame?.data)).toBe(JSON.stringify(base));
  expect({ id: frame?.id, event: frame?.event }).toEqual({ id: "evt_abc123", event: "agent.created" });
  expect(resonantEncoder.lineOrder).toEqual(["id", "event", "data"]);
  expect(resonantEncoder.heartbeat).toBe("ping");
});

test("an example without an envelope gets one, with a stable id and our time", () => {
  const body = {
    type: "session.completed",
    data: { session_id: "sess_123", agent_id: "agent_456", status: "completed", steps: 5, duration_ms: 12345, tokens_used: 2500 },
  };
  expect(JSON.stringify(resonantEnvelope(own({ body })))).toBe(
    '{"id":"evt_0190a1b2-c3d4-7000-8000-00000000abcd_12","type":"session.completed","created_at":"2026-02-21T03:27:05.000Z","data":{"session_id":"sess_123","agent_id":"agent_456","status":"completed","steps":5,"duration_ms":12345,"tokens_used":2500},"metadata":{}}',
  );
});

test("the frame's id is the envelope's where the body has none", () => {
  const incoming = { body: { type: "session.started", data: { session_id: "s" } }, id: "evt_s1" };
  expect(resonantEnvelope(own(incoming))?.id).toBe("evt_s1");
});

test("list, get-one and stream show the same envelope", () => {
  const outgoing = foreign({ type: "tool.returned", name: "web_search", durationMs: 1234 });
  expect(resonantEncoder.item(outgoing)).toEqual(resonantEncoder.frame(outgoing)?.data);
});

test("a frame of a session's own stream is told in the platform's words", () => {
  const incoming = { body: { session_id: "sess_123", tool: "web_search", result: "ok", duration_ms: 3 }, name: "tool_result" };
  expect(resonantEnvelope(own(incoming))).toMatchObject({
    type: "session.step.completed",
    data: { step_type: "tool_call", tool: "web_search", duration_ms: 3 },
  });
});

describe("events of other systems become the nearest event of the guide", () => {
  test("in an envelope of ours", () => {
    expect(resonantEnvelope(foreign({ type: "run.cancelled" }))).toEqual({
      id: `evt_${runId}_12`,
      type: "session.cancelled",
      created_at: "2026-02-21T03:27:05.000Z",
      data: { session_id: runId, status: "cancelled" },
      metadata: {},
    });
  });

  test("what one call used is not told as what the session used", () => {
    const envelope = resonantEnvelope(foreign({ type: "run.completed", usage: { scope: "call", total: 9 } }));
    expect(envelope?.data).not.toHaveProperty("tokens_used");
  });

  test("two events of one run never share an id, and one event never has two", () => {
    const ids = [1, 2, 11, 12].map((seq) => resonantEnvelope(foreign({ type: "run.started" }, seq))?.id);
    expect(new Set(ids).size).toBe(4);
    expect(resonantEnvelope(foreign({ type: "run.started" }, 2))?.id).toBe(ids[1]);
  });
});
