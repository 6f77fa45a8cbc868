"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { RunSummary } from "@/lib/core/api/run";

export type MarkedRuns = {
  /** In the order in which they were marked. */
  readonly ids: readonly string[];
  readonly has: (id: string) => boolean;
  /** Marks or unmarks a run; `through` = also every listed run between it and the one before. */
  readonly toggle: (id: string, through?: boolean) => void;
  readonly clear: () => void;
  /** On a phone a touch marks runs instead of opening them, from when somebody asked for it until the marks are cleared. */
  readonly isMarking: boolean;
  readonly begin: () => void;
};

const mostMarked = 200;
const none: readonly string[] = [];

/** The runs that were ticked to do something with them together: two to compare, any number to act on. */
export function useMarkedRuns(runs: readonly RunSummary[]): MarkedRuns {
  const [ids, setIds] = useState(none);
  const [isMarking, setMarking] = useState(false);
  const listed = useRef(runs);
  useEffect(() => {
    listed.current = runs;
  });
  const before = useRef<string | null>(null);
  const toggle = useCallback((id: string, through = false) => {
    const range = through ? between(listed.current, before.current, id) : none;
    before.current = id;
    setIds((known) => {
      const added = range.length > 0 ? range.filter((each) => !known.includes(each)) : known.includes(id) ? null : [id];
      return added === null ? known.filter((each) => each !== id) : [...known, ...added].slice(-mostMarked);
    });
  }, []);
  const clear = useCallback(() => {
    setIds(none);
    setMarking(false);
  }, []);
  return { ids, has: (id) => ids.includes(id), toggle, clear, isMarking, begin: () => setMarking(true) };
}

function between(runs: readonly RunSummary[], from: string | null, to: string): readonly string[] {
  const a = runs.findIndex((run) => run.id === from);
  const b = runs.findIndex((run) => run.id === to);
  return a < 0 || b < 0 ? none : runs.slice(Math.min(a, b), Math.max(a, b) + 1).map((run) => run.id);
}
