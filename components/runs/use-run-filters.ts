"use client";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import type { RunFilters } from "@/lib/client/hooks/use-runs";
import { runFilterParams } from "./run-filter-params";

/** The filters as the address has them, so that a link and the back button bring them along. */
export function useRunFilters(): readonly [RunFilters, (changes: Partial<RunFilters>) => void] {
  const [filters, setFilters] = useQueryStates(runFilterParams, { history: "push" });
  const change = useCallback((changes: Partial<RunFilters>) => void setFilters(changes), [setFilters]);
  return [filters, change];
}
