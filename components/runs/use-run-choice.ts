"use client";
import { parseAsBoolean, parseAsString, useQueryStates } from "nuqs";
import { type RefObject, useCallback } from "react";
import type { VirtualListHandle } from "@/components/ui/virtual-list";
import { useListedRun } from "@/lib/client/hooks/use-listed-run";
import type { RunSummary } from "@/lib/core/api/run";
import { runLinkId } from "./run-row";

const params = { run: parseAsString, peek: parseAsBoolean.withDefault(false) };
let lastSelected: string | null = null;

/**
 * The run that `j` and `k` move to, and whether the list peeks at it, both in the URL. Its link has the focus, so Enter opens it.
 * Who comes back to the list goes on from there.
 */
export function useRunChoice(runs: readonly RunSummary[], list: RefObject<VirtualListHandle | null>) {
  const [chosen, setChosen] = useQueryStates(params);
  const selectedId = chosen.run ?? lastSelected;
  const listed = runs.find((run) => run.id === selectedId);
  // A link may peek at a run that this list has not come to, or that matches no more.
  const linked = useListedRun(chosen.peek && !listed ? chosen.run : null);
  const selected = listed ?? linked;
  const move = (step: number, changes: { peek?: boolean } = {}) => {
    const at = runs.findIndex((run) => run.id === selectedId);
    const index = Math.min(runs.length - 1, Math.max(0, at + step));
    const run = runs[index];
    if (!run) return;
    lastSelected = run.id;
    void setChosen({ run: run.id, ...changes });
    list.current?.scrollToIndex(index);
    requestAnimationFrame(() => document.getElementById(runLinkId(run.id))?.focus({ preventScroll: true }));
  };
  const closePeek = useCallback(() => void setChosen({ peek: null }), [setChosen]);
  const togglePeek = () => {
    if (chosen.peek) closePeek();
    else if (selected) void setChosen({ run: selected.id, peek: true });
    else move(0, { peek: true });
  };
  return { selected, isPeeking: chosen.peek && selected !== null, move: (step: number) => move(step), togglePeek, closePeek } as const;
}
