import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "../events/canonical";
import { log } from "./testing/log";
import { emptyTranscript, evolveTranscript } from "./transcript";

const fold = (...events: CanonicalEvent[]) => evolveTranscript(emptyTranscript(), log(...events)).entries;
const lines = (...events: CanonicalEvent[]) =>
  fold(...events).map(({ kind, agent, text, open }) => `${kind} ${agent ?? "-"}: ${text}${open ? "…" : ""}`);
const delta = (text: string, agent?: string): CanonicalEvent => ({
  type: "text.streamed",
  text,
  ...(agent === undefined ? {} : { agent }),
});

describe("the transcript", () => {
  it("joins deltas per agent, also when agents speak at once", () => {
    expect(lines(delta("Dear", "a"), delta("Once", "b"), delta(" reader", "a"), delta(" upon", "b"))).toEqual([
      "assistant a: Dear reader…",
      "assistant b: Once upon…",
    ]);
  });

  it("replaces what was streamed by the whole text and says it once", () => {
    const whole: CanonicalEvent = { type: "text.completed", text: "Dear reader" };
    expect(lines(delta("Dear"), delta(" rea"), whole, { type: "run.completed", text: "Dear reader" })).toEqual([
      "assistant -: Dear reader",
      "status -: ",
    ]);
    expect(lines({ type: "model.completed", text: "Done", agent: "a" }, { type: "text.completed", text: "Done", agent: "a" })).toEqual([
      "assistant a: Done",
    ]);
  });

  it("joins texts that are pieces of one where they follow each other, and takes one behind its deltas for the whole", () => {
    const piece = (text: string): CanonicalEvent => ({ type: "text.completed", text, joins: true });
    const tool: CanonicalEvent = { type: "tool.called", name: "search", input: {} };
    expect(lines(piece("a"), piece(" cat"), piece("about"), { type: "run.completed" })).toEqual(["assistant -: a catabout", "status -: "]);
    expect(lines(piece("I"), tool, piece("I'm"), piece(" in"))).toEqual(["assistant -: I", "tool -: {}", "assistant -: I'm in…"]);
    expect(lines(delta("Dear"), delta(" rea"), piece("Dear reader"))).toEqual(["assistant -: Dear reader"]);
    expect(lines({ type: "text.completed", text: "Done" }, piece("Done"))).toEqual(["assistant -: Done"]);
    expect(lines(piece("of the delegate"), { type: "delegation.completed" }, piece("of all"))).toEqual([
      "assistant -: of the delegate",
      "assistant -: of all…",
    ]);
    expect(lines(piece("a"), delta("b"))).toEqual(["assistant -: a", "assistant -: b…"]);
  });

  it("says what was asked once: a name that only begins the question is no title of it", () => {
    const asked = (name: string, query: string) =>
      fold({ type: "run.started", run: { name, query } }).map(({ title, text }) => [title, text]);
    expect(asked("Find it", "Find it")).toContainEqual([null, "Find it"]);
    expect(asked("Find it in the…", "Find it\n in the attic")).toContainEqual([null, "Find it\n in the attic"]);
    expect(asked("Nightly", "Find it")).toContainEqual(["Nightly", "Find it"]);
  });

  it("begins anew after a tool", () => {
    expect(
      lines(
        delta("Let me look"),
        { type: "tool.called", name: "search", input: { q: "x" } },
        { type: "tool.returned", name: "search", output: "12 results" },
        delta("Found"),
      ),
    ).toEqual(["assistant -: Let me look", 'tool -: {"q":"x"}', "result -: 12 results", "assistant -: Found…"]);
  });

  it("cuts an entry at 65,536 characters and says by how much, however it came", () => {
    const piece = "x".repeat(40_000);
    expect(fold(delta(piece), delta(piece), delta(piece))[0]).toMatchObject({ cutChars: 54_464 });
    expect(fold(delta(piece), delta(piece), delta(piece))[0]?.text).toHaveLength(65_536);
    expect(fold({ type: "text.completed", text: piece + piece })[0]).toMatchObject({ cutChars: 14_464 });
  });

  it("closes everything when the run ends", () => {
    expect(fold(delta("half", "a"), { type: "run.failed", error: { message: "boom" } }).map(({ kind, open }) => [kind, open])).toEqual([
      ["assistant", false],
      ["status", false],
      ["error", false],
    ]);
  });

  it("lists a message once when both ends report it", () => {
    const sent: CanonicalEvent = { type: "message.sent", agent: "a", edge: { from: "a", to: "b" }, text: "hi" };
    const received: CanonicalEvent = { type: "message.received", agent: "b", edge: { from: "a", to: "b" }, text: "hi" };
    expect(fold(sent, received)).toMatchObject([{ kind: "message", agent: "a", to: "b", text: "hi" }]);
    expect(fold(received)).toMatchObject([{ kind: "message", agent: "a", to: "b", text: "hi" }]);
  });

  it("holds what was asked, thought, logged, made, requested, decided and what went wrong", () => {
    expect(
      fold(
        { type: "run.started", run: { query: "Analyze" } },
        { type: "agent.thought", text: "First the CSV", summary: "Thinking" },
        { type: "log.written", level: "warn", text: "slow" },
        { type: "artifact.created", name: "report.md" },
        { type: "approval.requested", approval: { tool: "rm", question: "Delete?" } },
        { type: "approval.decided", approval: { decision: "denied", decidedBy: "ann", comment: "no" } },
        { type: "error.occurred", error: { message: "timeout", code: "DB" } },
      ).map(({ kind, title, text, level }) => [kind, title, text, level]),
    ).toEqual([
      ["status", "Run started", "", null],
      ["user", null, "Analyze", null],
      ["thought", null, "First the CSV", null],
      ["log", null, "slow", "warn"],
      ["artifact", "report.md", "", null],
      ["approval", "rm", "Delete?", null],
      ["approval", "denied by ann", "no", null],
      ["error", "DB", "timeout", "error"],
    ]);
  });

  it("joins streamed reasoning and lists whole thoughts one by one", () => {
    const thought = (text: string, summary?: string): CanonicalEvent => ({
      type: "agent.thought",
      agent: "a",
      text,
      ...(summary === undefined ? {} : { summary }),
    });
    expect(lines(thought("First"), thought(" the CSV"), { type: "text.completed", agent: "a", text: "Done" })).toEqual([
      "thought a: First the CSV",
      "assistant a: Done",
    ]);
    expect(lines(thought("One", "One"), thought("Two", "Two"))).toEqual(["thought a: One", "thought a: Two"]);
  });
});
