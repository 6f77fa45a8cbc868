import fc from "fast-check";
import { expect, test } from "vitest";
import type { Usage } from "../core/events/canonical";
import type { LoggedEvent } from "../core/events/logged";
import { usageTokens } from "../core/usage/sum";
import { isRefusal } from "./contract";
import { adapters, encoders } from "./registry";

const count = fc.nat(5_000);
const usage = fc
  .record(
    { input: count, output: count, cachedRead: count, cachedWrite: count, rule: fc.constantFrom("cached-in-input", "cached-beside-input") },
    { requiredKeys: ["input", "output", "rule"] },
  )
  .map(({ input, ...rest }): Usage => {
    const inside = (rest.cachedRead ?? 0) + (rest.cachedWrite ?? 0);
    return { scope: "run", ...rest, input: rest.rule === "cached-in-input" ? input + inside : input } as Usage;
  });

/** Crewship has no figures of usage, so that there is nothing to count. */
test.each(["shannon", "agent-os", "powabase", "resonant"] as const)(
  "%s counts as many tokens of a foreign run as the run used",
  (dialect) => {
    fc.assert(
      fc.property(usage, (spent) => {
        const from = dialect === "shannon" ? "powabase" : "shannon";
        const event: LoggedEvent = {
          ...{ type: "run.completed", usage: spent, output: "done", seq: 7, receivedAtMs: 1_760_000_000_000 },
          source: { dialect: from, type: "x" },
        };
        const item = encoders[dialect].item({ event, runId: "run-1" }) ?? {};
        const read = adapters[dialect].decode({ body: item });
        expect(isRefusal(adapters[dialect].address({ body: item }))).toBe(false);
        expect(usageTokens(read.usage)).toBe(usageTokens(spent));
      }),
    );
  },
);
