import type { Usage, UsageScope } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import type { UsageSum } from "./state";

export type MutableSum = { -readonly [K in keyof UsageSum]: UsageSum[K] };

export function emptySum(scope: UsageScope): UsageSum {
  return {
    scope,
    events: 0,
    input: 0,
    output: 0,
    cachedRead: 0,
    cachedWrite: 0,
    reasoning: 0,
    total: 0,
    reportedNanos: 0,
    costed: 0,
    estimatedNanos: 0,
    unpriced: 0,
  };
}

/** A count that can be summed: a non-negative safe integer; anything else counts as not reported. */
export function countOf(value: number | undefined | null): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Saturates at the largest exact integer instead of losing units beyond it. */
export function addExact(a: number, b: number): number {
  const sum = a + b;
  return sum > Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : sum;
}

type Count = "input" | "output" | "cachedRead" | "cachedWrite" | "total";
/** The token counts of a usage, also as read by code that trusts no field. */
type Counts = { readonly [count in Count]?: number | undefined } & { readonly rule?: Usage["rule"] | undefined };

/** `input` without the cached classes, by the sender's own rule about where they are counted. */
function uncachedInput(usage: Counts, cachedRead: number, cachedWrite: number): number {
  const input = countOf(usage.input) ?? 0;
  return usage.rule === "cached-in-input" ? Math.max(0, input - cachedRead - cachedWrite) : input;
}

/** Adds one event to a sum that the caller owns. Reasoning is part of output, so it is kept separately and not added to the total. */
export function addUsage(sum: MutableSum, usage: Usage, estimatedNanos: LoggedEvent["estimatedNanos"]): void {
  const cachedRead = countOf(usage.cachedRead) ?? 0;
  const cachedWrite = countOf(usage.cachedWrite) ?? 0;
  const input = uncachedInput(usage, cachedRead, cachedWrite);
  const output = countOf(usage.output) ?? 0;
  const classes = addExact(addExact(input, output), addExact(cachedRead, cachedWrite));
  const cost = countOf(usage.costNanos);
  sum.events += 1;
  sum.input = addExact(sum.input, input);
  sum.output = addExact(sum.output, output);
  sum.cachedRead = addExact(sum.cachedRead, cachedRead);
  sum.cachedWrite = addExact(sum.cachedWrite, cachedWrite);
  sum.reasoning = addExact(sum.reasoning, countOf(usage.reasoning) ?? 0);
  sum.total = addExact(sum.total, countOf(usage.total) ?? classes);
  if (cost !== undefined) {
    sum.reportedNanos = addExact(sum.reportedNanos, cost);
    sum.costed += 1;
  } else if (estimatedNanos === null) {
    sum.unpriced += 1;
  } else {
    sum.estimatedNanos = addExact(sum.estimatedNanos, countOf(estimatedNanos) ?? 0);
  }
}

/** Input including cached classes, for systems that count them there; undefined if no input is reported. */
export function promptTokens(usage: Counts): number | undefined {
  const input = countOf(usage.input);
  if (input === undefined || usage.rule === "cached-in-input") return input;
  return addExact(input, addExact(countOf(usage.cachedRead) ?? 0, countOf(usage.cachedWrite) ?? 0));
}

/** Tokens of one event: as reported, else the sum of its classes; null if it reports none. */
export function usageTokens(usage: Counts | undefined): number | null {
  if (usage === undefined) return null;
  const total = countOf(usage.total);
  if (total !== undefined) return total;
  const cachedRead = countOf(usage.cachedRead) ?? 0;
  const cachedWrite = countOf(usage.cachedWrite) ?? 0;
  const classes = addExact(
    addExact(uncachedInput(usage, cachedRead, cachedWrite), countOf(usage.output) ?? 0),
    addExact(cachedRead, cachedWrite),
  );
  return classes > 0 || countOf(usage.input) !== undefined || countOf(usage.output) !== undefined ? classes : null;
}
