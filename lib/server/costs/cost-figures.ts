import type { CostFigures } from "@/lib/core/api/costs";
import { services } from "../services";

/** The sums as PostgreSQL gives them: numeric comes as text. */
export type FigureRow = { readonly [K in "e" | "tk" | "i" | "o" | "cr" | "cw" | "re" | "rn" | "en" | "up"]: string | null };

/** Select list that sums the columns of a usage slice. */
export function summedFigures() {
  return services()
    .pool`sum(events) as e, sum(tokens) as tk, sum(input) as i, sum(output) as o, sum(cached_read) as cr, sum(cached_write) as cw,
    sum(reasoning) as re, sum(reported_nanos) as rn, sum(estimated_nanos) as en, sum(unpriced) as up`;
}

export function figuresOf(row: FigureRow): CostFigures {
  return {
    reports: Number(row.e),
    tokens: Number(row.tk),
    input: Number(row.i),
    output: Number(row.o),
    cachedRead: Number(row.cr),
    cachedWrite: Number(row.cw),
    reasoning: Number(row.re),
    reportedNanos: Number(row.rn),
    estimatedNanos: Number(row.en),
    unpriced: Number(row.up),
  };
}

/** `a` and `sign` times `b`. */
export function plus(a: CostFigures, b: CostFigures, sign: 1 | -1 = 1): CostFigures {
  return {
    reports: a.reports + sign * b.reports,
    tokens: a.tokens + sign * b.tokens,
    input: a.input + sign * b.input,
    output: a.output + sign * b.output,
    cachedRead: a.cachedRead + sign * b.cachedRead,
    cachedWrite: a.cachedWrite + sign * b.cachedWrite,
    reasoning: a.reasoning + sign * b.reasoning,
    reportedNanos: a.reportedNanos + sign * b.reportedNanos,
    estimatedNanos: a.estimatedNanos + sign * b.estimatedNanos,
    unpriced: a.unpriced + sign * b.unpriced,
  };
}
