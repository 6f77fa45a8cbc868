import { stringifyExact } from "@/lib/core/exact-json";
import { readDecimal } from "@/lib/core/format/read-decimal";
import { isJsonObject, type Json } from "@/lib/core/json";
import type { ArgumentRule, NewStanding, Standing } from "@/lib/core/standing/standing";

export const ruleWords = { same: "the same", like: "like", between: "between", any: "anything" } as const;

/** What is written in the form, as text where people type. */
export type WrittenRule = { readonly is: ArgumentRule["is"]; readonly pattern: string; readonly min: string; readonly max: string };

/** A first rule for an argument: the same; with what one would begin to change. */
export function firstRule(value: Json): WrittenRule {
  const number = typeof value === "number" ? String(value) : "";
  return { is: "same", pattern: typeof value === "string" ? value : "", min: number, max: number };
}

/** Which rules make sense for a value. */
export function rulesFor(value: Json): readonly ArgumentRule["is"][] {
  if (typeof value === "string") return ["same", "like", "any"];
  return typeof value === "number" ? ["same", "between", "any"] : ["same", "any"];
}

export function ruleFrom(written: WrittenRule): ArgumentRule | null {
  switch (written.is) {
    case "same":
    case "any":
      return { is: written.is };
    case "like":
      return written.pattern === "" ? null : { is: "like", pattern: written.pattern };
    case "between": {
      const [min, max] = [Number(written.min), Number(written.max)];
      return written.min.trim() === "" || written.max.trim() === "" || !(min <= max) ? null : { is: "between", min, max };
    }
  }
}

export type WrittenStanding = {
  readonly scope: NewStanding["scope"];
  readonly uses: string;
  readonly minutes: string;
  readonly dollars: string;
  readonly rules: Readonly<Record<string, WrittenRule>>;
  readonly allowExtra: boolean;
};

/** What was written as what is sent; null while it cannot be kept. */
export function standingFrom(written: WrittenStanding): NewStanding | null {
  const whole = (text: string, most: number) =>
    /^\d{1,6}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most ? Number(text) : null;
  const [uses, minutes] = [whole(written.uses, 1_000), whole(written.minutes, 43_200)];
  const maxNanos = written.dollars.trim() === "" ? null : Math.round(Number(readDecimal(written.dollars) ?? Number.NaN) * 1e9);
  if (uses === null || minutes === null || (maxNanos !== null && !(Number.isSafeInteger(maxNanos) && maxNanos > 0))) return null;
  const rules: Record<string, ArgumentRule> = {};
  for (const [name, rule] of Object.entries(written.rules)) {
    const made = ruleFrom(rule);
    if (made === null) return null;
    if (made.is !== "same") rules[name] = made;
  }
  return { scope: written.scope, uses, minutes, maxNanos, rules, allowExtra: written.allowExtra };
}

/** One line for each argument: "path like /tmp/*". */
export function argumentWords({ arguments: asked, rules, allowExtra }: Pick<Standing, "arguments" | "rules" | "allowExtra">): string[] {
  const value = asked as Json;
  if (!isJsonObject(value)) return [value === null ? "without arguments" : stringifyExact(value)];
  const lines = Object.entries(value).map(([name, item]) => `${name} ${ruleText(rules[name] ?? { is: "same" }, item)}`);
  if (lines.length === 0) lines.push("without arguments");
  return allowExtra ? [...lines, "and any other arguments"] : lines;
}

function ruleText(rule: ArgumentRule, value: Json): string {
  switch (rule.is) {
    case "same":
      return `= ${stringifyExact(value)}`;
    case "like":
      return `like ${rule.pattern}`;
    case "between":
      return `from ${rule.min} to ${rule.max}`;
    case "any":
      return "any value";
  }
}
