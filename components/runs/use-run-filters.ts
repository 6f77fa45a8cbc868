"use client";
import { useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import type { RunFilters } from "@/lib/client/hooks/use-runs";
import { runFilterParams } from "./run-filter-params";

/** The filters as the address has them, so that a link and the back button bring them along. */
export function useRunFilters(): readonly [RunFilters, (changes: Partial<RunFilters>) => void] {
  const [found, setFound] = useQueryStates(runFilterParams, { history: "push" });
  const { status, dialect, agent, q } = found;
  const filters = useMemo(() => ({ status, dialect, agent, q }), [status, dialect, agent, q]);
  const change = useCallback((changes: Partial<RunFilters>) => void setFound(changes), [setFound]);
  return [filters, change];
}
