import type { CanonicalEvent } from "../../core/events/canonical";
import { catalogueOf } from "./catalogue-of";
import { clip } from "./clip";
import { defined, definedOrNone } from "./defined";
import { readCount } from "./read-count";
import { readNumber } from "./read-number";
import { readString } from "./read-string";
import type { Rule } from "./rule";

const crossed: Rule = {
  keys: ["message", "budget_type", "usage_percent", "threshold_percent", "level", "tokens_used", "tokens_budget"],
  read: (fields) =>
    defined<CanonicalEvent>({
      type: "budget.crossed",
      summary: clip(readString(fields, "message")),
      budget: definedOrNone({
        usedPercent: readNumber(fields, "usage_percent"),
        thresholdPercent: readNumber(fields, "threshold_percent"),
        tokensUsed: readCount(fields, "tokens_used"),
        tokensBudget: readCount(fields, "tokens_budget"),
        level: readString(fields, "level"),
        scope: readString(fields, "budget_type"),
      }),
    }),
};

/** The same in a catalogue. */
export const budgetEntries = catalogueOf("own", "Budget", [["budget.crossed", "budget.crossed", "A Watchfloor budget was crossed"]]);

/** For systems without an event for a crossed budget: ours, in their style. */
export const budgetRules: readonly (readonly [string, Rule])[] = [["budget.crossed", crossed]];
