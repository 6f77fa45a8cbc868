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

/** Select list that sums sums. */
export function resummedFigures() {
  return services()
    .pool`sum(e) as e, sum(tk) as tk, sum(i) as i, sum(o) as o, sum(cr) as cr, sum(cw) as cw, sum(re) as re, sum(rn) as rn, sum(en) as en, sum(up) as up`;
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
