import type { Dialect } from "../dialect";
import type { RunStatus } from "../run/status";
import type { RunSort } from "./run-sort";

/**
 * How a list of runs is filtered and sorted; null = not filtered. Bounds (`>0.5`, `>=10k`, `<60s`) and `since` (`24h`, `2026-01-05`) are
 * kept as written, so that they read the same in the box, the URL and the API.
 */
export type RunFilters = {
  readonly status: RunStatus | null;
  readonly dialect: Dialect | null;
  /** The source's name. */
  readonly source: string | null;
  /** The source's environment. */
  readonly environment: string | null;
  readonly agent: string | null;
  readonly model: string | null;
  readonly session: string | null;
  readonly cost: string | null;
  readonly tokens: string | null;
  readonly duration: string | null;
  readonly since: string | null;
  /** Part of the name, or the start of an id. */
  readonly q: string | null;
  /** Largest first; null = newest first. */
  readonly sort: RunSort | null;
};

export const noRunFilters: RunFilters = {
  status: null,
  dialect: null,
  source: null,
  environment: null,
  agent: null,
  model: null,
  session: null,
  cost: null,
  tokens: null,
  duration: null,
  since: null,
  q: null,
  sort: null,
};

/** The filters that are set, as the API and the URL write them. */
export function runFilterParams(filters: RunFilters): URLSearchParams {
  const set = Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== null);
  return new URLSearchParams(set);
}
