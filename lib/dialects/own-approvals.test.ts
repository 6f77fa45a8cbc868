import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dialects } from "../core/dialect";
import type { Json, JsonObject } from "../core/json";
import { isRefusal } from "./contract";
import { type OwnDecision, ownApprovals } from "./own-approvals";
import { adapters } from "./registry";

const approvalId = "0d4f3b1e-6a52-4c6e-9a53-0f6f7b0f2a11";
const requestId = "5b0c3e7a-1d64-8f0e-8a3c-2f6e9b7d4c10";
const atMs = 1_760_000_000_000;
const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => value !== null) as fc.Arbitrary<Json>;
const words = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== "");
const object = fc.dictionary(
  fc.string().filter((key) => key !== "__proto__"),
  fc.jsonValue({ maxDepth: 2 }),
) as fc.Arbitrary<JsonObject>;

describe.each(dialects)("in %s", (dialect) => {
  const adapter = adapters[dialect];
  const read = (body: JsonObject) => {
    const address = adapter.address({ body });
    if (isRefusal(address)) throw new Error(address.message);
    return { run: address.run, event: adapter.decode({ body }) };
  };

  test("a request that came through us reads as exactly what was asked", () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            kind: fc.constantFrom("tool" as const, "input" as const, "confirmation" as const),
            tool: words,
            arguments: json,
            question: words,
            choices: fc.array(words, { minLength: 1, maxLength: 3 }),
            schema: object,
            allowed: fc.constant(["approve", "deny"] as const),
            timeoutMs: fc.nat(1e9),
          },
          { requiredKeys: ["kind"], noNullPrototype: true },
        ),
        (asked) => {
          const { run, event } = read(ownApprovals[dialect].request({ ...asked, runId: "run_1", approvalId, atMs }));
          expect([run, event.type, event.occurredAtMs]).toEqual(["run_1", "approval.requested", atMs]);
          expect(event.approval).toMatchObject({ id: approvalId, ...asked });
          // A question that nobody asked is not put into the agent's mouth.
          expect(event.approval?.question).toBe(asked.question);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a decision that was made through us reads as exactly what was decided, about that request", () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            decision: fc.constantFrom<OwnDecision["decision"][]>("approved", "denied", "answered", "timeout"),
            by: words,
            comment: words,
            answer: json,
            editedArguments: json,
            tool: words,
          },
          { requiredKeys: ["decision"], noNullPrototype: true },
        ),
        ({ by, ...decided }) => {
          const actionHash = "a".repeat(64);
          const about = { runId: "run_1", approvalId, requestId, requestSeq: 12, actionHash, kind: "tool" as const, atMs };
          const { run, event } = read(ownApprovals[dialect].decision({ ...about, ...decided, ...(by === undefined ? {} : { by }) }));
          expect([run, event.type, event.occurredAtMs]).toEqual(["run_1", "approval.decided", atMs]);
          expect(event.approval).toEqual({
            id: approvalId,
            requestId,
            requestSeq: 12,
            actionHash,
            kind: "tool",
            ...decided,
            ...(by === undefined ? {} : { decidedBy: by }),
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
