import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "../events/canonical";
import { emptyUsage, evolveUsage } from "./usage";

type Event = CanonicalEvent & { readonly seq: number };
const log = (...events: readonly Event[]) =>
  events.map((event) => ({
    ...event,
    ...{ sourceSeq: event.seq, receivedAtMs: 0, source: { dialect: "shannon" as const, type: event.type } },
  }));
const prompt = (seq: number, agent: string, maxTokens?: number) => ({
  ...{ type: "model.prompted" as const, seq, agent, name: "gpt-5" },
  ...(maxTokens === undefined ? {} : { maxTokens }),
});
const end = (seq: number, agent: string) => ({ type: "model.completed" as const, seq, agent, name: "gpt-5" });
const openOf = (...events: readonly Event[]) =>
  Object.entries(evolveUsage(emptyUsage(), log(...events)).open ?? {}).map(([agent, { maxTokens }]) => [agent, maxTokens]);

describe("a call under way", () => {
  it("is open from the prompt that says how much it may put out until the agent's next answer", () => {
    expect(openOf(prompt(1, "a", 500), prompt(2, "b", 70))).toEqual([
      ["a", 500],
      ["b", 70],
    ]);
    expect(openOf(prompt(1, "a", 500), prompt(2, "b", 70), end(3, "a"))).toEqual([
      ["a", null],
      ["b", 70],
    ]);
    expect(openOf(prompt(3, "a", 500), end(2, "a"))).toEqual([["a", 500]]);
    expect(openOf(prompt(4, "a", 500), prompt(3, "a", 9))).toEqual([["a", 500]]);
  });

  it("is not noted where nobody says how much it may put out, and the state stays the same object", () => {
    const state = emptyUsage();
    expect(evolveUsage(state, log(prompt(1, "a"), end(2, "a")))).toBe(state);
  });

  it("takes any name, and no more than two hundred", () => {
    expect(openOf(prompt(1, "__proto__", 5))).toEqual([["__proto__", 5]]);
    expect(openOf(...Array.from({ length: 300 }, (_, n) => prompt(n + 1, `agent-${n}`, 5)))).toHaveLength(200);
  });
});
