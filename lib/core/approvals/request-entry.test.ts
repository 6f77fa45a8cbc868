import { describe, expect, it } from "vitest";
import type { Approval, CanonicalEvent } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import { parseExact, stringifyExact } from "../exact-json";
import type { Json } from "../json";
import { actionText } from "./action-text";
import { emptyApprovals, evolveApprovals } from "./approvals";
import { shownExactly, withExactParts } from "./exact";
import { allowedActions } from "./words";

type Told = CanonicalEvent & Partial<Pick<LoggedEvent, "origin">>;

const asked = (approval: Approval, more: Partial<Told> = {}): Told => ({ ...more, type: "approval.requested", approval });
const decided = (approval: Approval): Told => ({ type: "approval.decided", approval });
const ours = { origin: "watchfloor" } as const;
const entriesOf = (...events: readonly Told[]) =>
  evolveApprovals(
    emptyApprovals(),
    events.map((event, at) => ({ ...event, seq: at + 1, receivedAtMs: 1_000 * (at + 1), source: { dialect: "shannon", type: "X" } })),
  ).entries;

describe("what is held of a request", () => {
  const undecided = { decidedSeq: null, decidedAtMs: null, decidedBy: null, decidedThrough: null, comment: null, resumedSeq: null };

  it("is all that was asked", () => {
    const exact = { arguments: '{"n":1.0}' };
    const approval: Approval = {
      ...{ id: "a", kind: "tool", tool: "rm", arguments: { n: 1 }, exact, question: "Go?", channel: "mail", risk: "high" },
      ...{ timeoutMs: 9_000, choices: ["x", "y"], schema: { type: "object" }, allowed: ["approve", "deny"] },
    };
    const order = { seq: 1, occurredAtMs: 500 };
    expect(entriesOf(asked(approval, { agent: "writer", callId: "c", occurredAtMs: 500 }))).toEqual([
      {
        ...{ key: "a", named: true, status: "pending", kind: "tool", tool: "rm", arguments: { n: 1 }, exact, question: "Go?" },
        ...{
          channel: "mail",
          risk: "high",
          timeoutMs: 9_000,
          choices: ["x", "y"],
          schema: { type: "object" },
          allowed: ["approve", "deny"],
        },
        ...{ agent: "writer", callId: "c", askedThrough: "source", requestedSeq: 1, requestedAtMs: 500 },
        ...{ requestedOrder: order, latestOrder: order, ...undecided, resumedAtMs: null, answer: null, editedArguments: null },
      },
    ]);
  });

  it("is what its line says where it asks nothing else, but never a line of ours", () => {
    const line = { summary: "Deploy?" };
    expect(entriesOf(asked({}, line), asked({}, { ...line, ...ours }))).toMatchObject([
      { key: "seq:1", named: false, kind: "input", question: "Deploy?", askedThrough: "source" },
      { key: "seq:2", named: false, kind: "input", question: null, askedThrough: "watchfloor" },
    ]);
  });

  it("is nothing where a decision came alone, once for each id", () => {
    const alone = decided({ id: "x", decision: "denied", decidedBy: "ops", comment: "no" });
    const [stub, ...others] = entriesOf(alone, decided({ id: "x", decision: "approved" }), decided({ decision: "approved" }));
    expect(others.map(({ key, named, status }) => [key, named, status])).toEqual([["seq:3", false, "approved"]]);
    const { requestedOrder, latestOrder, ...said } = stub ?? {};
    expect([requestedOrder, latestOrder]).toEqual([null, null]);
    expect(said).toEqual({
      ...{ key: "x", named: true, kind: "tool", status: "denied", requestedSeq: null, requestedAtMs: null, agent: null, tool: null },
      ...{ arguments: null, question: null, channel: null, risk: null, timeoutMs: null, choices: null, schema: null, allowed: null },
      ...{ askedThrough: "source", decidedSeq: 1, decidedAtMs: 1_000, decidedBy: "ops", decidedThrough: "source", comment: "no" },
      ...{ answer: null, editedArguments: null, resumedSeq: null, resumedAtMs: null },
    });
  });

  it("may be decided as its asker allows, else as fits its kind", () => {
    expect([allowedActions("tool", null), allowedActions("input", []), allowedActions("confirmation", null)]).toEqual([
      ["approve", "deny", "edit"],
      ["answer", "deny"],
      ["approve", "deny"],
    ]);
    expect(allowedActions("tool", ["deny"])).toEqual(["deny"]);
  });
});

describe("what a decision is bound to (G15)", () => {
  it("is the text of the run, the tool and the arguments, in one order; the question only where no tool is named", () => {
    const action = { run: "r", tool: "rm", arguments: { b: [1, { d: null, c: "x" }], a: true }, question: "Go?" };
    expect(actionText(action)).toBe('{"arguments":{"a":true,"b":[1,{"c":"x","d":null}]},"run":"r","tool":"rm"}');
    expect(actionText({ ...action, tool: null, arguments: null })).toBe('{"arguments":null,"question":"Go?","run":"r","tool":null}');
    expect(actionText({ ...action, arguments: {}, repeatedKeys: ["a.b"] })).toBe(
      '{"arguments":{},"repeatedKeys":["a.b"],"run":"r","tool":"rm"}',
    );
    expect(actionText({ ...action, arguments: parseExact('{"n":1.0,"m":1}') })).toBe('{"arguments":{"m":1,"n":1.0},"run":"r","tool":"rm"}');
  });

  it("is told with every literal in place, and its texts beside it only where a program reads them", () => {
    const event = {
      type: "approval.decided" as const,
      approval: {
        id: "a",
        arguments: { n: 1 },
        editedArguments: { n: 2 },
        answer: "x",
        exact: { arguments: '{"n":1.0}', editedArguments: '{"n":2.0}' },
      },
    };
    const text = '{"id":"a","arguments":{"n":1.0},"editedArguments":{"n":2.0},"answer":"x"';
    const exact = ',"exact":{"arguments":"{\\"n\\":1.0}","editedArguments":"{\\"n\\":2.0}"}';
    expect(stringifyExact(withExactParts(event) as unknown as Json)).toBe(`{"type":"approval.decided","approval":${text}${exact}}}`);
    expect(stringifyExact(shownExactly(event) as unknown as Json)).toBe(`{"type":"approval.decided","approval":${text}}}`);
    const plain = { approval: { id: "a", arguments: { n: 1 } } };
    expect([withExactParts(plain), shownExactly(plain), withExactParts({}), shownExactly({})]).toEqual([plain, plain, {}, {}]);
  });
});
