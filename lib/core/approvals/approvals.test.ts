import { describe, expect, it } from "vitest";
import type { Approval, CanonicalEvent } from "../events/canonical";
import { log } from "../run/testing/log";
import { emptyApprovals, evolveApprovals, leavers, mayHaveLeft } from "./approvals";

const ask = (approval: Approval = {}): CanonicalEvent => ({ type: "approval.requested", approval });
const decide = (approval: Approval): CanonicalEvent => ({ type: "approval.decided", approval });
const fold = (...events: CanonicalEvent[]) => evolveApprovals(emptyApprovals(), log(...events));
const statuses = (...events: CanonicalEvent[]) => fold(...events).entries.map(({ key, status }) => `${key} ${status}`);

describe("an approval", () => {
  it("holds what was asked, and who answered what", () => {
    const request: Approval = { id: "appr-123", tool: "file_system", risk: "HIGH", arguments: { path: "/data" }, timeoutMs: 1_800_000 };
    const state = fold(ask(request), decide({ id: "appr-123", decision: "approved", decidedBy: "user-456", comment: "Verified" }));
    expect(state.pending).toBe(0);
    expect(state.entries[0]).toMatchObject({
      ...{ key: "appr-123", kind: "tool", tool: "file_system", risk: "HIGH", arguments: { path: "/data" }, timeoutMs: 1_800_000 },
      ...{ status: "approved", requestedSeq: 1, decidedSeq: 2, decidedBy: "user-456", comment: "Verified" },
    });
  });

  it.each([
    ["approved", "approved"],
    ["denied", "denied"],
    ["answered", "answered"],
    ["timeout", "expired"],
  ] as const)("that is decided as %s is %s", (decision, status) => {
    expect(statuses(ask({ id: "a" }), decide({ id: "a", decision }))).toEqual([`a ${status}`]);
  });

  it("is decided once: the earliest decision counts, whichever comes first", () => {
    const approved = { ...decide({ id: "a", decision: "approved" }), occurredAtMs: 1_760_000_001_000 };
    const denied = { ...decide({ id: "a", decision: "denied" }), occurredAtMs: 1_760_000_002_000 };
    expect(statuses(ask({ id: "a" }), approved, denied)).toEqual(["a approved"]);
    expect(statuses(ask({ id: "a" }), denied, approved)).toEqual(["a approved"]);
  });

  it("that nobody asked for is kept as a stub, and is filled when the request arrives", () => {
    const decision = { ...decide({ id: "a", decision: "denied" }), occurredAtMs: 1_760_000_009_000 };
    expect(statuses(decision)).toEqual(["a denied"]);
    expect(fold(decision, ask({ id: "a", tool: "rm" })).entries).toMatchObject([
      { key: "a", status: "denied", tool: "rm", requestedSeq: 2 },
    ]);
  });

  it("that nobody asked for is never told from what became of a tool, wherever the log is cut", () => {
    const result: CanonicalEvent = { type: "tool.returned", approval: { decision: "approved" } };
    const events = log(decide({}), result).map((event) => ({ ...event, source: { dialect: "powabase", type: event.type } as const }));
    const apart = events.reduce((state, event) => evolveApprovals(state, [event]), emptyApprovals());
    expect(apart).toEqual(evolveApprovals(emptyApprovals(), events));
    expect(apart.entries).toHaveLength(1);
  });

  it("without an id is known by the seq of its request", () => {
    expect(statuses(ask(), ask())).toEqual(["seq:1 pending", "seq:2 pending"]);
    expect(statuses(ask(), ask(), decide({ id: "seq:2", decision: "approved" }))).toEqual(["seq:1 pending", "seq:2 approved"]);
  });

  it("without an id is decided oldest first", () => {
    expect(statuses(ask(), ask({ id: "b" }), decide({ decision: "denied" }))).toEqual(["seq:1 denied", "b pending"]);
    expect(statuses(ask(), ask({ id: "b" }), decide({ decision: "denied" }), decide({ decision: "approved" }))).toEqual([
      "seq:1 denied",
      "b approved",
    ]);
  });

  it("without an id is decided as its agent asks by then: what was changed meanwhile is not what the decision is about", () => {
    const first = ask({ id: "a", tool: "rm", arguments: { path: "/a" } });
    const changed = ask({ id: "a", tool: "rm", arguments: { path: "/b" } });
    expect(statuses(first, changed, decide({ decision: "approved" }))).toEqual(["a superseded", "a approved"]);
    expect(statuses(first, decide({ decision: "approved" }), changed)).toEqual(["a approved", "a pending"]);
    expect(statuses(first, changed, ask({ id: "b" }), decide({ decision: "denied" }), decide({ decision: "approved" }))).toEqual([
      ...["a superseded", "a denied"],
      "b approved",
    ]);
  });

  it("without an id is answered with the same question that its agent asked before, and not allowed with it", () => {
    const go = ask({ kind: "input", question: "Go on?" });
    const answer = decide({ kind: "input", decision: "answered", answer: "yes" });
    expect(statuses(go, go, answer, go)).toEqual(["seq:1 answered", "seq:2 answered", "seq:4 pending"]);
    expect(statuses(go, { ...go, agent: "other" }, answer)).toEqual(["seq:1 answered", "seq:2 pending"]);
    expect(statuses(go, ask({ kind: "input", question: "Sure?" }), answer)).toEqual(["seq:1 answered", "seq:2 pending"]);
    expect(statuses(go, go, decide({ decision: "approved" }))).toEqual(["seq:1 approved", "seq:2 pending"]);
    expect(statuses(ask({ tool: "rm" }), ask({ tool: "rm" }), answer)).toEqual(["seq:1 answered", "seq:2 pending"]);
    expect(statuses(ask({ id: "a", question: "Go on?" }), ask({ id: "b", question: "Go on?" }), answer)).toEqual([
      "a answered",
      "b pending",
    ]);
  });

  it("is not decided by an agent's echo of the answer that another got from us", () => {
    const answered = decide({ id: "seq:1", decision: "answered" });
    const echo = decide({ decision: "answered" });
    expect(statuses(ask(), ask(), answered, echo)).toEqual(["seq:1 answered", "seq:2 pending"]);
    expect(statuses(ask(), answered, echo)).toEqual(["seq:1 answered"]);
    expect(statuses(ask(), answered, ask(), echo)).toEqual(["seq:1 answered", "seq:3 answered"]);
    expect(statuses(ask(), ask(), answered, echo, echo)).toEqual(["seq:1 answered", "seq:2 answered"]);
  });

  it("that is open when the run ends is cancelled, and one asked after a new start is open", () => {
    expect(fold(ask({ id: "a" }), { type: "run.completed" })).toMatchObject({ pending: 0, entries: [{ status: "cancelled" }] });
    expect(statuses({ type: "run.started" }, ask({ id: "a" }), { type: "run.failed" }, { type: "run.started" }, ask({ id: "b" }))).toEqual([
      "a cancelled",
      "b pending",
    ]);
  });

  it("stays bounded, the decided ones leaving first, however the events were batched", () => {
    const many = Array.from({ length: 800 }, (_, index) => [ask({ id: `a${index}` }), decide({ id: `a${index}`, decision: "approved" })]);
    const events = log(ask({ id: "open" }), ...many.flat());
    const state = evolveApprovals(emptyApprovals(), events);
    expect(state.entries.length).toBeLessThanOrEqual(1_000);
    expect(state.entries.map(({ key }) => key)).toContain("open");
    expect(state.entries.at(-1)).toMatchObject({ key: "a799", status: "approved" });
    expect(state.pending).toBe(1);
    const inTens = Array.from({ length: 161 }, (_, nth) => events.slice(nth * 10, nth * 10 + 10));
    expect(inTens.reduce(evolveApprovals, emptyApprovals())).toEqual(state);
    const gone = leavers(emptyApprovals(), events).map(({ key }) => key);
    expect(new Set([...gone, ...state.entries.map(({ key }) => key)]).size).toBe(801);
    expect([gone.length + state.entries.length, mayHaveLeft(state), mayHaveLeft(emptyApprovals())]).toEqual([801, true, false]);
    expect(leavers(emptyApprovals(), events.slice(0, 300))).toEqual([]);
  });

  it("that has left does not come back, and decisions that decide nothing do not pile up", () => {
    const noise = Array.from({ length: 2_000 }, () => decide({ id: "a", decision: "approved" }));
    const asked = Array.from({ length: 1_200 }, (_, index) => ask({ id: `q${index}` }));
    const state = fold(ask({ id: "a" }), ...noise, ...asked);
    expect(state.decisions.length).toBeLessThanOrEqual(500);
    expect(state.entries.filter((entry) => entry.requestedSeq === null)).toEqual([]);
    expect(state.entries.length).toBeLessThanOrEqual(1_000);
  });
});
