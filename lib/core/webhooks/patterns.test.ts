import { describe, expect, it } from "vitest";
import { EventPattern, matchesType } from "./patterns";

describe("wildcards", () => {
  it("match a category at any depth, and nothing that only begins alike", () => {
    expect(matchesType(["session.*"], "session.started")).toBe(true);
    expect(matchesType(["session.*"], "session.step.completed")).toBe(true);
    expect(matchesType(["session.step.*"], "session.started")).toBe(false);
    for (const type of ["sessions.started", "session", "team.session.started"]) expect(matchesType(["session.*"], type)).toBe(false);
  });

  it("match everything with a star, but for what would be told twice", () => {
    for (const type of ["session.started", "agent.error", "approval.requested", "webhook.sent"])
      expect(matchesType(["*"], type)).toBe(true);
    for (const type of ["run.succeeded", "run.failed"]) expect(matchesType(["*"], type)).toBe(false);
    expect(matchesType(["*"], "webhook.sent", { own: true })).toBe(false);
    expect(matchesType(["webhook.*"], "webhook.sent", { own: true })).toBe(true);
    expect(matchesType(["run.*"], "run.failed")).toBe(true);
  });

  it("take types in any case", () => {
    expect(EventPattern.parse(" Session.* ")).toBe("session.*");
    expect(matchesType(["session.started"], "Session.Started")).toBe(true);
  });

  it("are refused where they could mean two things", () => {
    for (const text of ["", "**", "*.started", "session.*.completed", "session.", ".started", "session*", "a b", "x".repeat(101)])
      expect(EventPattern.safeParse(text).success).toBe(false);
  });
});
