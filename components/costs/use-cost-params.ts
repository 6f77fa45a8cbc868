"use client";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { costParams, costWindow } from "./cost-params";

/** What the page shows, as the address has it, so that a link and the back button bring it along. */
export function useCostParams() {
  const [params, setParams] = useQueryStates(costParams, { history: "push" });
  const { range, from, to } = params;
  const [fromMs, toMs] = [from?.getTime() ?? null, to?.getTime() ?? null];
  const window = useMemo(
    () => costWindow({ range, from: fromMs === null ? null : new Date(fromMs), to: toMs === null ? null : new Date(toMs) }),
    [range, fromMs, toMs],
  );
  return { ...params, window, setParams };
}
