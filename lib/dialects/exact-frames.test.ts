import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExact, stringifyExact } from "../core/exact-json";
import { jsonText } from "../core/exact-json/testing/json-text.arbitrary";
import type { JsonObject } from "../core/json";
import { decodeEvent } from "./decode-event";
import { adapters, encoders } from "./registry";

/** Something that each system may tell, with `what` in it. */
const told = {
  shannon: (what: string) => `{"workflow_id":"r","type":"TOOL_INVOKED","seq":1,"payload":{"tool":"t","what":${what}},"beside":${what}}`,
  "agent-os": (what: string) => `{"event_type":"tool_call","sdk_run_id":"r","payload":{"tool_name":"t","what":${what}}}`,
  powabase: (what: string) => `{"event":"tool_call","tool_name":"t","arguments":{"a":${what}},"what":${what}}`,
  crewship: (what: string) => `{"type":"tool.called","run_id":"r","payload":{"tool":"t","input":${what}}}`,
  resonant: (what: string) => `{"id":"evt_1","type":"session.started","data":{"session_id":"r","what":${what}},"metadata":{"m":${what}}}`,
};
const dialects = Object.keys(told) as (keyof typeof told)[];

describe.each(dialects)("%s", (dialect) => {
  test("tells its own readers what the sender wrote, every literal and every repeated key", () => {
    fc.assert(
      fc.property(jsonText, (what) => {
        if (what === "null") return;
        const text = told[dialect](what);
        const body = parseExact(text) as JsonObject;
        const event = {
          ...decodeEvent(dialect, { body: JSON.parse(text) }, text),
          ...{ seq: 1, receivedAtMs: 0, source: { dialect, type: typeOf(dialect, body) } },
        };
        const data = encoders[dialect].frame({ event, raw: body, runId: "r" })?.data;
        const written = stringifyExact(data);
        expect(written.split(`:${what}`).length - 1).toBeGreaterThanOrEqual(text.split(`:${what}`).length - 1);
      }),
      { numRuns: 300 },
    );
  });
});

test("reads a number that a double changes as it reads every number, where it reads numbers", () => {
  const [plain, exact] = ["30", "30.0"].map((seconds) => {
    const text = `{"workflow_id":"r","type":"APPROVAL_REQUESTED","payload":{"tool_name":"t","timeout_seconds":${seconds},"details":{"n":1.0}}}`;
    return adapters.shannon.decode({ body: parseExact(text) as JsonObject }).approval?.timeoutMs;
  });
  expect([plain, exact]).toEqual([30_000, 30_000]);
});

function typeOf(dialect: keyof typeof told, body: JsonObject): string {
  const address = adapters[dialect].address({ body });
  return "type" in address ? address.type : "";
}
