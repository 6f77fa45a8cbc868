import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Approval } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import { endSha256 } from "../hash/sha256";
import { actionTail, actionText } from "./action-text";
import { emptyApprovals, evolveApprovals } from "./approvals";

const log = (...events: readonly Partial<LoggedEvent>[]): LoggedEvent[] =>
  events.map((event, index) => ({
    type: "log.written",
    seq: index + 1,
    receivedAtMs: 1_000 * (index + 1),
    source: { dialect: "shannon", type: "X" },
    ...event,
  }));
const asked = (approval: Approval, more: Partial<LoggedEvent> = {}): Partial<LoggedEvent> => ({
  type: "approval.requested",
  approval,
  ...more,
});
const decided = (approval: Approval, more: Partial<LoggedEvent> = {}): Partial<LoggedEvent> => ({
  type: "approval.decided",
  approval,
  ...more,
});
const ours = { origin: "watchfloor" } as const;
const entriesOf = (...events: readonly Partial<LoggedEvent>[]) => evolveApprovals(emptyApprovals(), log(...events)).entries;

describe("the same id asked for again", () => {
  it("with the same tool and arguments is the same request, whatever the order of the keys", () => {
    const entries = entriesOf(
      asked({ id: "a", tool: "rm", arguments: { path: "/", force: true } }),
      asked({ id: "a", tool: "rm", arguments: { force: true, path: "/" } }),
    );
    expect(entries.map(({ status, requestedSeq }) => [status, requestedSeq])).toEqual([["pending", 1]]);
  });

  it("with other arguments supersedes, and a decision that names the id is about the one that stood then", () => {
    const changed = [asked({ id: "a", tool: "rm", arguments: { path: "/a" } }), asked({ id: "a", tool: "rm", arguments: { path: "/b" } })];
    expect(entriesOf(...changed).map(({ status }) => status)).toEqual(["superseded", "pending"]);
    expect(entriesOf(...changed, decided({ id: "a", decision: "approved" })).map(({ status }) => status)).toEqual([
      "superseded",
      "approved",
    ]);
    const [first, second] = changed as [Partial<LoggedEvent>, Partial<LoggedEvent>];
    expect(entriesOf(first, decided({ id: "a", decision: "denied" }), second).map(({ status }) => status)).toEqual(["denied", "pending"]);
  });

  it.each<[string, Partial<LoggedEvent>, Partial<LoggedEvent>, number]>([
    ["another tool", asked({ id: "a", tool: "rm" }), asked({ id: "a", tool: "cp" }), 2],
    ["another kind", asked({ id: "a", kind: "tool", tool: "rm" }), asked({ id: "a", kind: "confirmation", tool: "rm" }), 2],
    ["another door", asked({ id: "a", tool: "rm" }), asked({ id: "a", tool: "rm" }, ours), 2],
    ["another question, where no tool is named", asked({ id: "a", question: "Go?" }), asked({ id: "a", question: "Stop?" }), 2],
    ["the same question, where no tool is named", asked({ id: "a", question: "Go?" }), asked({ id: "a", question: "Go?" }), 1],
    ["other words for the same tool", asked({ id: "a", tool: "rm", question: "Go?" }), asked({ id: "a", tool: "rm", question: "Now?" }), 1],
    [
      "a number that is written otherwise",
      asked({ id: "a", tool: "rm", arguments: { n: 1 } }),
      asked({ id: "a", tool: "rm", arguments: { n: 1 }, exact: { arguments: '{"n":1.0}' } }),
      2,
    ],
    [
      "the same number, as it was written",
      asked({ id: "a", tool: "rm", arguments: { n: 1 }, exact: { arguments: '{"n":1.0}' } }),
      asked({ id: "a", tool: "rm", arguments: { n: 1 }, exact: { arguments: '{"n":1.0}' } }),
      1,
    ],
    [
      "a key that stands twice",
      asked({ id: "a", tool: "rm", arguments: { n: 1 }, exact: { repeatedKeys: ["n"] } }),
      asked({ id: "a", tool: "rm", arguments: { n: 1 }, exact: { repeatedKeys: ["m"] } }),
      2,
    ],
  ])("with %s is the same request only if nothing else is asked for", (_, first, second, requests) => {
    expect(entriesOf(first, second)).toHaveLength(requests);
  });

  it("and heard in another order is as it was asked first, and known since it was heard first", () => {
    const said = { kind: "tool", tool: "rm" } as const;
    const first: Approval = {
      ...said,
      id: "a",
      question: "Go?",
      channel: "mail",
      risk: "high",
      timeoutMs: 9,
      choices: ["x"],
      allowed: ["deny"],
    };
    const [entry, ...others] = entriesOf(
      asked({ ...said, id: "a", question: "Now?", risk: "low" }, { occurredAtMs: 2_000, agent: "second" }),
      asked({ ...first, schema: { type: "object" } }, { occurredAtMs: 1_000, agent: "first" }),
    );
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ requestedSeq: 1, requestedAtMs: 1_000, agent: "first", question: "Go?", channel: "mail", risk: "high" });
    expect(entry).toMatchObject({ timeoutMs: 9, choices: ["x"], schema: { type: "object" }, allowed: ["deny"] });
    expect([entry?.requestedOrder?.occurredAtMs, entry?.latestOrder?.occurredAtMs]).toEqual([1_000, 2_000]);
  });

  it("and back again stands as it was asked first", () => {
    const entries = entriesOf(
      asked({ id: "a", tool: "rm", arguments: 1 }),
      asked({ id: "a", tool: "rm", arguments: 2 }),
      asked({ id: "a", tool: "rm", arguments: 1 }),
    );
    expect(entries.map(({ arguments: given, status }) => [given, status])).toEqual([
      [1, "pending"],
      [2, "superseded"],
    ]);
  });
});

describe("a decision of ours", () => {
  it("is about the request that was shown, also when the agent changed it before the decision was written", () => {
    const entries = entriesOf(
      asked({ id: "a", tool: "rm", arguments: { path: "/a" } }),
      asked({ id: "a", tool: "rm", arguments: { path: "/etc" } }),
      decided({ id: "a", decision: "approved", requestSeq: 1 }, ours),
    );
    expect(entries.map(({ arguments: given, status }) => [given, status])).toEqual([
      [{ path: "/a" }, "approved"],
      [{ path: "/etc" }, "pending"],
    ]);
  });

  it("wins over what the agent's system reports, in whatever order the two arrive", () => {
    const request = asked({ id: "a", tool: "rm" });
    const own = decided({ id: "a", decision: "denied", requestSeq: 1 }, ours);
    const reported = decided({ id: "a", decision: "approved" });
    for (const order of [
      [request, own, reported],
      [request, reported, own],
    ])
      expect(entriesOf(...order).map(({ status, decidedThrough }) => [status, decidedThrough])).toEqual([["denied", "watchfloor"]]);
  });

  it("cannot be forged: a sender's event that names the request's seq decides no request of our own door", () => {
    const request = asked({ tool: "rm" }, ours);
    for (const forged of [decided({ id: "seq:1", decision: "approved", requestSeq: 1 }), decided({ decision: "approved" })])
      expect(entriesOf(request, forged).find(({ requestedSeq }) => requestedSeq === 1)?.status).toBe("pending");
  });

  it("was heard when the agent's next event comes, not when it merely lives", () => {
    const start = [asked({ tool: "rm" }), decided({ id: "x", decision: "approved", requestSeq: 1 }, ours)];
    const beat: Partial<LoggedEvent> = { type: "heartbeat.received" };
    const silent = [beat, { type: "stream.ended" } as const, { type: "run.updated", ...ours } as const];
    expect(evolveApprovals(emptyApprovals(), log(...start, ...silent)).awaited).toBe(1);
    for (const type of ["tool.called", "event.unknown", "run.updated"] as const) {
      const state = evolveApprovals(emptyApprovals(), log(...start, ...silent, { type }));
      expect([state.awaited, state.entries[0]?.resumedSeq, state.entries[0]?.resumedAtMs]).toEqual([0, 6, 6_000]);
    }
  });
});

describe("a system without an event for a decision", () => {
  const powabase = { source: { dialect: "powabase", type: "tool_result" } } as const;
  const request = asked({ tool: "send_mail" }, powabase);
  const returned: Partial<LoggedEvent> = { type: "tool.returned", name: "send_mail", ...powabase };

  it("approved what then returned, and denied what was blocked", () => {
    expect(entriesOf(request, returned).map(({ status }) => status)).toEqual(["approved"]);
    const blocked: Partial<LoggedEvent> = {
      ...returned,
      type: "tool.failed",
      approval: { kind: "tool", tool: "send_mail", decision: "denied", comment: "no" },
    };
    expect(entriesOf(request, blocked).map(({ status, comment }) => [status, comment])).toEqual([["denied", "no"]]);
  });

  it("decided nothing by a tool that it did not ask about, and nothing twice", () => {
    expect(entriesOf(request, { ...returned, name: "search" }).map(({ status }) => status)).toEqual(["pending"]);
    expect(entriesOf(request, returned, returned, request, returned).map(({ status }) => status)).toEqual(["approved", "approved"]);
    expect(entriesOf(returned)).toEqual([]);
  });

  it("denied what a rule of its own blocked, whatever the result says beside it", () => {
    const blocked: Partial<LoggedEvent> = { ...returned, type: "tool.failed", error: { message: "by a rule", code: "blocked" } };
    expect(entriesOf(request, blocked).map(({ status }) => status)).toEqual(["denied"]);
    const broken: Partial<LoggedEvent> = { ...returned, type: "tool.failed", error: { message: "boom", code: "E1" } };
    expect(entriesOf(request, broken).map(({ status }) => status)).toEqual(["approved"]);
  });

  it("decided what it asked about that very tool and call", () => {
    const other = asked({ tool: "search" }, powabase);
    expect(entriesOf(other, request, returned).map(({ tool, status }) => [tool, status])).toEqual([
      ["search", "pending"],
      ["send_mail", "approved"],
    ]);
    const calls = ["c1", "c2"].map((callId) => asked({ tool: "send_mail" }, { ...powabase, callId }));
    expect(entriesOf(...calls, { ...returned, callId: "c2" }).map(({ status }) => status)).toEqual(["pending", "approved"]);
  });

  it("decided nothing by a hook that says no verdict, nor in another system's words", () => {
    expect(entriesOf(request, { type: "hook.completed", name: "send_mail", ...powabase }).map(({ status }) => status)).toEqual(["pending"]);
    const shannon = { type: "tool.returned", name: "send_mail" } as const;
    expect(entriesOf(asked({ tool: "send_mail" }), shannon).map(({ status }) => status)).toEqual(["pending"]);
  });

  it("reports a decision of ours back without deciding the next request", () => {
    const own = decided({ id: "x", decision: "approved", requestSeq: 1 }, { ...ours, ...powabase });
    expect(entriesOf(request, own, returned, request).map(({ status }) => status)).toEqual(["approved", "pending"]);
  });
});

describe("a long request", () => {
  const given = (mark: string) => ({ text: "x".repeat(5_000), mark });

  it("is kept in the fold without what is long, so that the run's other events do not carry it, and its hash is that of the whole", () => {
    const [entry] = entriesOf(asked({ id: "a", tool: "write", arguments: given("é"), schema: { type: "object" }, choices: ["a"] }));
    expect(entry).toMatchObject({ arguments: null, schema: null, choices: null, tool: "write", key: "a" });
    expect(JSON.stringify(entry).length).toBeLessThan(1_500);
    const action = { run: "r", tool: "write", arguments: given("é"), question: null };
    const whole = createHash("sha256").update(actionText(action)).digest("hex");
    expect(endSha256(entry?.begunHash ?? "", actionTail(action))).toBe(whole);
  });

  it("with the same text is the same request, with another it supersedes, also where nothing but the schema is long", () => {
    const again = asked({ id: "a", tool: "write", arguments: given("1") });
    expect(entriesOf(again, again).map(({ requestedSeq }) => requestedSeq)).toEqual([1]);
    const changed = entriesOf(again, asked({ id: "a", tool: "write", arguments: given("2") }));
    expect(changed.map(({ status }) => status)).toEqual(["superseded", "pending"]);
    const short = asked({ id: "a", tool: "write", arguments: 1 });
    const described = asked({ id: "a", tool: "write", arguments: 1, schema: { description: "x".repeat(5_000) } });
    expect(entriesOf(short, described).map(({ requestedSeq }) => requestedSeq)).toEqual([1]);
  });

  it("is bound by its question where no tool is named, and by what stands twice in it", () => {
    const one = (question: string, more: Approval = {}) => asked({ id: "a", kind: "input", question, arguments: given("1"), ...more });
    expect(entriesOf(one("Which?"), one("Why?"))).toHaveLength(2);
    expect(entriesOf(one("Which?"), one("Which?", { exact: { repeatedKeys: ["arguments.text"] } }))).toHaveLength(2);
  });
});

describe("a long answer or edit", () => {
  it("is kept in the fold as the place where it stands", () => {
    const more = { id: "a", decision: "approved" } as const;
    const edit = { text: "x".repeat(5_000) };
    const [entry] = entriesOf(asked({ id: "a", tool: "write" }), decided({ ...more, editedArguments: edit }));
    expect(entry).toMatchObject({ status: "approved", editedArguments: "(long: see event 2)", answer: null });
    const [exact] = entriesOf(asked({ id: "a" }), decided({ ...more, answer: 1, exact: { answer: `1.${"0".repeat(5_000)}` } }));
    expect(exact).toMatchObject({ status: "approved", answer: "(long: see event 2)" });
    expect(exact?.decidedExact).toBeUndefined();
  });
});
