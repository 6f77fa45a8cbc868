import type { CostFigures } from "@/lib/core/api/costs";
import { services } from "../services";

/** The sums as PostgreSQL returns them: numeric comes as text. */
export type FigureRow = { readonly [K in "e" | "tk" | "i" | "o" | "cr" | "cw" | "re" | "rn" | "en" | "up"]: string | null };

/** Select list that sums the columns of a usage slice. */
export function summedFigures() {
  return services()
    .pool`sum(events) as e, sum(tokens) as tk, sum(input) as i, sum(output) as o, sum(cached_read) as cr, sum(cached_write) as cw,
    sum(reasoning) as re, sum(reported_nanos) as rn, sum(estimated_nanos) as en, sum(unpriced) as up`;
}

export function figuresOf(row: FigureRow): CostFigures {
  return {
    reports: bounded(row.e),
    tokens: bounded(row.tk),
    input: bounded(row.i),
    output: bounded(row.o),
    cachedRead: bounded(row.cr),
    cachedWrite: bounded(row.cw),
    reasoning: bounded(row.re),
    reportedNanos: bounded(row.rn),
    estimatedNanos: bounded(row.en),
    unpriced: bounded(row.up),
  };
}

/** `a` plus `sign` times `b`. */
export function plus(a: CostFigures, b: CostFigures, sign: 1 | -1 = 1): CostFigures {
  return {
    reports: bounded(a.reports + sign * b.reports),
    tokens: bounded(a.tokens + sign * b.tokens),
    input: bounded(a.input + sign * b.input),
    output: bounded(a.output + sign * b.output),
    cachedRead: bounded(a.cachedRead + sign * b.cachedRead),
    cachedWrite: bounded(a.cachedWrite + sign * b.cachedWrite),
    reasoning: bounded(a.reasoning + sign * b.reasoning),
    reportedNanos: bounded(a.reportedNanos + sign * b.reportedNanos),
    estimatedNanos: bounded(a.estimatedNanos + sign * b.estimatedNanos),
    unpriced: bounded(a.unpriced + sign * b.unpriced),
  };
}

/** A sum, clamped to what JSON readers keep exactly, like the stored sums. */
function bounded(sum: number | string | null): number {
  return Math.min(Number(sum), Number.MAX_SAFE_INTEGER);
}
