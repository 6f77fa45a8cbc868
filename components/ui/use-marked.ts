"use client";
import { useCallback, useEffect, useRef, useState } from "react";

export type Marked = {
  /** In the order in which they were marked. */
  readonly ids: readonly string[];
  readonly has: (id: string) => boolean;
  /** Marks or unmarks a row; `through` = also every listed row between it and the one before. */
  readonly toggle: (id: string, through?: boolean) => void;
  readonly clear: () => void;
  /** On a phone a touch marks rows instead of opening them, from when somebody asked for it until the marks are cleared. */
  readonly isMarking: boolean;
  readonly begin: () => void;
};

const mostMarked = 200;
const none: readonly string[] = [];

type Row = { readonly id: string };

/** The rows of a list that were ticked to do something with them together. */
export function useMarked(rows: readonly Row[]): Marked {
  const [ids, setIds] = useState(none);
  const [isMarking, setMarking] = useState(false);
  const listed = useRef(rows);
  useEffect(() => {
    listed.current = rows;
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

function between(rows: readonly Row[], from: string | null, to: string): readonly string[] {
  const a = rows.findIndex((row) => row.id === from);
  const b = rows.findIndex((row) => row.id === to);
  return a < 0 || b < 0 ? none : rows.slice(Math.min(a, b), Math.max(a, b) + 1).map((row) => row.id);
}
