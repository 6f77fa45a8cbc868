import { type PointerEvent, useEffect, useRef, useState } from "react";

/**
 * What somebody has a hand on does not move: while the button of a mouse or a pen is down in a view that follows the run, the view stands
 * still, or words would slide away from under it and a press would end on another row than it began on. Where words get marked, the page
 * lets the run go, or they would soon be out of what is drawn, and marked no more.
 */
export function useHoldStill(follow: boolean, setFollow: (follow: boolean) => void) {
  const view = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!held) return;
    // Behind the click that the press ends in: the row that it is for is still there.
    const release = () => setTimeout(setHeld, 0, false);
    const ends = ["pointerup", "pointercancel", "dragend", "blur"];
    for (const end of ends) addEventListener(end, release, true);
    return () => {
      for (const end of ends) removeEventListener(end, release, true);
    };
  }, [held]);
  useEffect(() => {
    if (!follow) return;
    let had = hasMarkedWords(view.current);
    const hear = () => {
      const has = hasMarkedWords(view.current);
      // Not while it only shrinks, as it does when rows of it go after all: who follows again with words marked wants to follow.
      if (has && !had) setFollow(false);
      had = has;
    };
    document.addEventListener("selectionchange", hear);
    return () => document.removeEventListener("selectionchange", hear);
  }, [follow, setFollow]);
  // A finger scrolls with the same touch.
  const onPointerDown = (event: PointerEvent) => {
    if (follow && event.button === 0 && event.pointerType !== "touch") setHeld(true);
  };
  return { view, onPointerDown, held };
}

/** Words are marked there: the press that marked them was none on the row that they stand in. */
export function hasMarkedWords(within: Element | null): boolean {
  const selection = getSelection();
  return selection !== null && !selection.isCollapsed && within?.contains(selection.anchorNode) === true;
}
