import type { Json } from "@/lib/core/json";
import type { CachedRun } from "../events/append/run-cache";

/** What a run was asked and what it answered, as far as its events told. */
export function runAnswer(run: Pick<CachedRun, "state">): { input: Json; output: Json } {
  return { input: run.state.lifecycle.query, output: run.state.lifecycle.answer };
}
