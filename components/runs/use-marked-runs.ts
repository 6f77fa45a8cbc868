"use client";
import { useCallback, useState } from "react";

export type MarkedRuns = {
  /** In the order in which they were marked. */
  readonly ids: readonly string[];
  readonly has: (id: string) => boolean;
  readonly toggle: (id: string) => void;
  readonly clear: () => void;
};

const mostMarked = 200;
const none: readonly string[] = [];

/** The runs that were ticked to do something with them together: two to compare, any number to act on. */
export function useMarkedRuns(): MarkedRuns {
  const [ids, setIds] = useState(none);
  const toggle = useCallback(
    (id: string) => setIds((known) => (known.includes(id) ? known.filter((each) => each !== id) : [...known, id].slice(-mostMarked))),
    [],
  );
  const clear = useCallback(() => setIds(none), []);
  return { ids, has: (id) => ids.includes(id), toggle, clear };
}
