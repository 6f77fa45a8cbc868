import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../events/logged";
import { emptyRow, foldRow } from "../run/fold";
import { askedStatus, controlChoices } from "./may-control";

const start = Date.parse("2026-03-01T10:00:00Z");
let seq = 0;
const event = (type: LoggedEvent["type"], more: Partial<LoggedEvent> = {}): LoggedEvent => {
  seq += 1;
  return { type, seq, receivedAtMs: start + seq * 1_000, source: { dialect: "shannon", type }, ...more };
};
const asked = (type: "run.pausing" | "run.resumed" | "run.cancelling", action: "pause" | "resume" | "cancel", id: string) =>
  event(type, { origin: "watchfloor", occurredAtMs: start + seq * 1_000, control: { id, action, by: "Ada" } });
const folded = (...events: LoggedEvent[]) => foldRow(emptyRow(), events).lifecycle;

describe("the fold of control requests", () => {
  it("takes requests from our own events alone, whatever a sender writes", () => {
    const started = event("run.started");
    const forged = event("run.pausing", { control: { id: "x", action: "pause", by: "a sender" } });
    expect(folded(started, forged)).toMatchObject({ status: "pausing", control: null });
    expect(folded(event("run.started"), asked("run.pausing", "pause", "p1")).control).toMatchObject({
      id: "p1",
      action: "pause",
      by: "Ada",
      doneSeq: null,
    });
  });

  it("holds who asked for what and why, when, and when it was done", () => {
    for (const [action, request, done] of [
      ["pause", "run.pausing", "run.paused"],
      ["resume", "run.resumed", "run.started"],
      ["cancel", "run.cancelling", "run.cancelled"],
    ] as const) {
      const before = event("run.started");
      const asking = { ...asked(request, action, "x1"), control: { id: "x1", action, by: "Ada", reason: "wrong folder" } };
      const at = event(done, { occurredAtMs: start + 99_000 });
      const told = { id: "x1", action, by: "Ada", reason: "wrong folder", seq: asking.seq, atMs: asking.occurredAtMs };
      expect(folded(before, asking).control).toEqual({ ...told, doneSeq: null, doneAtMs: null });
      expect(folded(before, asking, at).control).toEqual({ ...told, doneSeq: at.seq, doneAtMs: start + 99_000 });
    }
    const other = () => event("run.pausing", { origin: "watchfloor", control: { id: "x2", action: "cancel" } });
    expect(folded(event("run.started"), other()).control).toBeNull();
  });

  it("is done by the event that the agent sends, also when its clock is behind ours (G4)", () => {
    const slow = { occurredAtMs: start - 3_600_000 };
    const life = folded(event("run.started", slow), asked("run.pausing", "pause", "p1"), event("run.paused", slow));
    expect(life.status).toBe("paused");
    expect(life.control?.doneSeq).toBe(life.lastSeq);
  });

  it("does not reopen a run that ended before the request to go on came", () => {
    const ended = [event("run.started"), event("run.paused"), event("run.completed")];
    const life = folded(...ended, asked("run.resumed", "resume", "r1"));
    expect(life).toMatchObject({ status: "succeeded", control: { id: "r1", doneSeq: null } });
  });

  it("sees that an agent went on by whatever it sends, in systems that have no word for it", () => {
    const life = folded(event("run.started"), event("run.paused"), asked("run.resumed", "resume", "r1"), event("heartbeat.received"));
    expect(life).toMatchObject({ status: "running", control: { doneSeq: null } });
    expect(folded(event("run.paused"), asked("run.resumed", "resume", "r1"), event("tool.called")).control?.doneSeq).toBe(seq);
    const silent = () => [event("heartbeat.received"), event("stream.ended"), event("run.updated", { origin: "watchfloor" })];
    for (const type of ["tool.called", "event.unknown", "run.updated", "run.completed"] as const) {
      const life = folded(event("run.paused"), asked("run.resumed", "resume", "r1"), ...silent(), event(type));
      expect([type, life.control?.doneSeq]).toEqual([type, seq]);
    }
  });

  it("does not take it for going on that an agent stands still at last, or is stopped", () => {
    const late = ["run.pausing", "run.paused", "run.cancelling", "run.cancelled"] as const;
    for (const type of late)
      expect([type, folded(event("run.started"), asked("run.resumed", "resume", "r1"), event(type)).control?.doneSeq]).toEqual([
        type,
        null,
      ]);
  });
});

describe("what may be asked of a run", () => {
  it("follows from the request that is open, which a run that ended has none of", () => {
    expect((["pause", "resume", "cancel"] as const).map((open) => askedStatus("pausing", open))).toEqual([
      "pausing",
      "running",
      "cancelling",
    ]);
    expect([askedStatus("waiting", undefined), askedStatus("failed", "cancel")]).toEqual(["waiting", "failed"]);
  });

  it("follows from its status and from who can be told, and says why not", () => {
    const run = { dialect: "shannon", listening: false, reachable: [] } as const;
    const words = (status: Parameters<typeof controlChoices>[0]["status"], more: object = {}) =>
      controlChoices({ ...run, status, ...more }).map(({ refusal }) => refusal?.code ?? "yes");
    expect(words("running")).toEqual(["yes", "not_paused", "yes"]);
    expect(words("waiting")).toEqual(["yes", "not_paused", "yes"]);
    expect(words("pausing")).toEqual(["already_paused", "yes", "yes"]);
    expect(words("paused")).toEqual(["already_paused", "yes", "yes"]);
    expect(words("cancelling")).toEqual(["being_cancelled", "being_cancelled", "being_cancelled"]);
    for (const status of ["succeeded", "failed", "cancelled", "expired"] as const)
      expect(new Set(words(status))).toEqual(new Set(["run_ended"]));
    expect(words("running", { dialect: "crewship" })).toEqual(["not_controllable", "not_paused", "not_controllable"]);
    expect(words("running", { dialect: "crewship", listening: true })).toEqual(["yes", "not_paused", "yes"]);
    expect(words("running", { dialect: "powabase", reachable: ["cancel"] })).toEqual(["not_controllable", "not_paused", "yes"]);
    const reason = (status: Parameters<typeof controlChoices>[0]["status"], dialect: "powabase" | "shannon") =>
      controlChoices({ ...run, status, dialect }).map(({ refusal }) => refusal?.message)[0];
    expect(reason("running", "powabase")).toMatch(/^Watchfloor cannot tell Powabase to pause, and the run's agent has not polled/);
    expect((["failed", "succeeded", "cancelled", "expired", "cancelling"] as const).map((status) => reason(status, "shannon"))).toEqual([
      "The run has ended: it failed.",
      "The run has ended: it succeeded.",
      "The run has ended: it was cancelled.",
      "The run has ended: it exceeded its deadline.",
      "The run is already being cancelled.",
    ]);
  });
});
