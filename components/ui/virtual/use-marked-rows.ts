import { type RefObject, useEffect, useState } from "react";

/** Where what is marked begins and ends, in whichever order, by the number that each row of the list has. */
export type MarkedRows = { readonly anchor: number; readonly focus: number };

/**
 * The rows of a list between which words are marked. A list that draws only what is in sight has to draw these, too: what is not drawn is
 * not marked, and a copy would hold less than what was marked. `attribute` = where a row has its number.
 */
export function useMarkedRows(list: RefObject<HTMLElement | null>, attribute: "data-row" | "data-seq"): MarkedRows | null {
  const [marked, setMarked] = useState<MarkedRows | null>(null);
  useEffect(() => {
    const numberOf = (node: Node | null | undefined): number | null => {
      const element = node instanceof Element ? node : node?.parentElement;
      const row = list.current?.contains(element ?? null) ? element?.closest(`[${attribute}]`) : null;
      return row ? Number(row.getAttribute(attribute)) : null;
    };
    const hear = () => {
      const selection = getSelection();
      const anchor = numberOf(selection?.anchorNode);
      // Dragged beyond the list it ends where it ended last in it.
      const focus = numberOf(selection?.focusNode);
      setMarked((known) => {
        if (anchor === null) return null;
        const end = focus ?? (known?.anchor === anchor ? known.focus : anchor);
        return known?.anchor === anchor && known.focus === end ? known : { anchor, focus: end };
      });
    };
    document.addEventListener("selectionchange", hear);
    return () => document.removeEventListener("selectionchange", hear);
  }, [list, attribute]);
  return marked;
}
