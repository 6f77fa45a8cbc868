import { describe, expect, it } from "vitest";
import { type Exposure, overshootOf } from "./overshoot";

const exposure: Exposure = {
  runs: [
    { agent: "lead", session: "s1", agents: 3, open: [] },
    { agent: "writer", session: "s1", agents: 0, open: [] },
    { agent: "lead", session: null, agents: 2, open: [] },
  ],
  calls: [
    { agent: "lead", nanos: 500, tokens: 7 },
    { agent: "writer", nanos: 200, tokens: 90 },
  ],
};
const all = { target: null, unit: "dollars" } as const;

describe("what a budget may be overshot by", () => {
  it("is the most expensive call for each agent in the runs under way that it counts", () => {
    expect(overshootOf({ ...all, scope: "project" }, exposure)).toEqual({ amount: 6 * 500, runs: 3, agents: 6, call: 500, more: 0 });
    expect(overshootOf({ ...all, scope: "project", unit: "tokens" }, exposure)).toMatchObject({ amount: 6 * 90, call: 90 });
    expect(overshootOf({ ...all, scope: "session" }, exposure)).toMatchObject({ runs: 2, agents: 4 });
    expect(overshootOf({ ...all, scope: "session", target: "s1" }, exposure)).toMatchObject({ amount: 4 * 500 });
    expect(overshootOf({ ...all, scope: "session", target: "s2" }, exposure)).toBeNull();
  });

  it("is found among any number of agents", () => {
    const calls = Array.from({ length: 200_000 }, (_, n) => ({ agent: `agent-${n}`, nanos: n, tokens: 1 }));
    expect(overshootOf({ ...all, scope: "run" }, { ...exposure, calls })).toMatchObject({ call: 199_999 });
  });

  it("is, of a budget for each run, that of the run with the most agents; of an agent's, its own calls", () => {
    expect(overshootOf({ ...all, scope: "run" }, exposure)).toMatchObject({ amount: 3 * 500, agents: 3 });
    expect(overshootOf({ ...all, scope: "agent", target: "writer" }, exposure)).toEqual({
      amount: 200,
      runs: 1,
      agents: 1,
      call: 200,
      more: 0,
    });
  });

  it("is more where a call under way told a limit beyond the most expensive call, and not less where it told a smaller one", () => {
    const [first, ...others] = exposure.runs as [Exposure["runs"][number], ...Exposure["runs"]];
    const open = [
      { agent: "lead", tokens: 1_000, nanos: 2_500 },
      { agent: "critic", tokens: 10, nanos: null },
    ];
    const told: Exposure = { ...exposure, runs: [{ ...first, open }, ...others] };
    const dollars = { amount: 6 * 500 + 2_000, runs: 3, agents: 6, call: 500, more: 2_000 };
    expect(overshootOf({ ...all, scope: "project" }, told)).toEqual(dollars);
    expect(overshootOf({ ...all, scope: "project", unit: "tokens" }, told)).toMatchObject({ amount: 6 * 90 + 910, more: 910 });
    expect(overshootOf({ ...all, scope: "run" }, told)).toMatchObject({ amount: 3 * 500 + 2_000, agents: 3 });
    expect(overshootOf({ ...all, scope: "agent", target: "writer" }, told)).toMatchObject({ amount: 200, more: 0 });
    expect(overshootOf({ ...all, scope: "agent", target: "critic", unit: "tokens" }, told)).toMatchObject({
      amount: 10,
      call: 0,
      more: 10,
    });
    expect(overshootOf({ ...all, scope: "project" }, { ...told, calls: [] })).toMatchObject({ amount: 2_500, call: 0 });
    // A budget for every agent is overshot by the most expensive of its calls, whichever agent's it is.
    expect(overshootOf({ ...all, scope: "agent" }, told)).toMatchObject({ agents: 3, amount: 3 * 500 + 2_000, more: 2_000 });
  });

  it("is unknown where nothing is under way, or no call was seen", () => {
    expect(overshootOf({ ...all, scope: "project" }, { ...exposure, runs: [] })).toBeNull();
    expect(overshootOf({ ...all, scope: "project" }, { ...exposure, calls: [] })).toBeNull();
    expect(overshootOf({ ...all, scope: "agent", target: "nobody" }, exposure)).toBeNull();
  });
});
