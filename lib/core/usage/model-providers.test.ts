import { expect, test } from "vitest";
import type { Usage } from "../events/canonical";
import { log } from "../run/testing/log";
import { emptyUsage, evolveUsage } from "./usage";

const call = (usage: Partial<Usage>) => ({ type: "model.completed" as const, usage: { scope: "call" as const, ...usage } });
const providersOf = (...calls: Partial<Usage>[]) => evolveUsage(emptyUsage(), log(...calls.map(call))).providers;

test("a model's provider is the one that its calls name, and nobody where they name several", () => {
  const calls = [
    { model: "gpt-5", provider: "openai" },
    { model: "gpt-5", provider: "openai" },
    { model: "gpt-5" },
    { model: "claude", provider: "anthropic" },
    { model: "claude", provider: "bedrock" },
    { model: "claude", provider: "anthropic" },
    { provider: "nobody's" },
  ];
  const expected = { "gpt-5": "openai", claude: null };
  expect(providersOf(...calls)).toEqual(expected);
  expect(providersOf(...calls.toReversed())).toEqual(expected);
});

test("nothing is kept of providers that nobody names, and no more than of 200 models", () => {
  expect(evolveUsage(emptyUsage(), log(call({ model: "gpt-5" })))).not.toHaveProperty("providers");
  expect(Object.entries(providersOf({ model: "__proto__", provider: "p" }) ?? {})).toEqual([["__proto__", "p"]]);
  const many = Array.from({ length: 300 }, (_, n) => ({ model: `m${n}`, provider: "p" }));
  expect(Object.keys(providersOf(...many) ?? {})).toHaveLength(200);
});
