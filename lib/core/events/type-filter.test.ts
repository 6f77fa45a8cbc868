import { describe, expect, it } from "vitest";
import { typeFilter } from "./type-filter";

const asked = (query: string) => typeFilter(new URLSearchParams(query));

describe("typeFilter", () => {
  it("reads comma lists, repeated parameters and brackets alike, in any case", () => {
    for (const query of [
      "types=LLM_OUTPUT,done",
      "types=llm_output&types=Done",
      "types[]=LLM_OUTPUT&types[]=DONE",
      "types[0]=LLM_OUTPUT&types[1]=done",
    ]) {
      expect(asked(query)?.key).toBe("done,llm_output");
    }
    for (const other of ["types[a]=done", "types[0][1]=done", "atypes[0]=done", "types0=done"]) expect(asked(other)).toBeNull();
  });

  it("matches when any of an event's names was asked for", () => {
    expect(asked("types=workflow.paused")?.matches(["WORKFLOW_PAUSED", "workflow.paused"])).toBe(true);
    expect(asked("types=workflow.paused")?.matches(["WORKFLOW_RESUMED"])).toBe(false);
  });

  it("lets a wildcard match at any depth and not beyond its prefix", () => {
    expect(asked("types=session.*")?.matches(["session.step.completed"])).toBe(true);
    expect(asked("types=session.*")?.matches(["sessions.started"])).toBe(false);
  });

  it("is no filter when nothing or everything is asked for", () => {
    expect([asked(""), asked("types="), asked("types=*"), asked("types=,")]).toEqual([null, null, null, null]);
  });
});
