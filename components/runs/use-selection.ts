"use client";
import { type RefObject, useState } from "react";
import type { VirtualListHandle } from "@/components/ui/virtual-list";
import type { RunSummary } from "@/lib/core/api/run";
import { runLinkId } from "./run-row";

let lastSelected: string | null = null;

/** The run that `j` and `k` move to; its link has the focus, so Enter opens it. Who comes back to the list goes on from there. */
export function useSelection(runs: readonly RunSummary[], list: RefObject<VirtualListHandle | null>) {
  const [selectedId, setSelectedId] = useState(lastSelected);
  const selected = runs.find((run) => run.id === selectedId) ?? null;
  const move = (step: number) => {
    const at = runs.findIndex((run) => run.id === selectedId);
    const index = Math.min(runs.length - 1, Math.max(0, at + step));
    const run = runs[index];
    if (!run) return;
    lastSelected = run.id;
    setSelectedId(run.id);
    list.current?.scrollToIndex(index);
    requestAnimationFrame(() => document.getElementById(runLinkId(run.id))?.focus({ preventScroll: true }));
  };
  return { selected, move } as const;
}
