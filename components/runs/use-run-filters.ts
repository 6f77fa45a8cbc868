"use client";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useCallback, useMemo } from "react";
import type { RunFilters } from "@/lib/client/hooks/use-runs";
import { dialects } from "@/lib/core/dialect";
import { runStatuses } from "@/lib/core/run/status";

const parsers = {
  status: parseAsStringLiteral(runStatuses),
  dialect: parseAsStringLiteral(dialects),
  agent: parseAsString,
  q: parseAsString,
};

/** The filters as the address has them, so that a link and the back button bring them along. */
export function useRunFilters(): readonly [RunFilters, (changes: Partial<RunFilters>) => void] {
  const [found, setFound] = useQueryStates(parsers, { history: "push" });
  const { status, dialect, agent, q } = found;
  const filters = useMemo(() => ({ status, dialect, agent, q }), [status, dialect, agent, q]);
  const change = useCallback((changes: Partial<RunFilters>) => void setFound(changes), [setFound]);
  return [filters, change];
}
