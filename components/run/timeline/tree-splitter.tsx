import { type KeyboardEvent, type PointerEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { rememberedWidth, rememberWidth } from "../page/remembered";
import { Part } from "../part";

const least = 18;
const most = 75;
const keyStep = 3;
export const defaultTreeShare = 42;

/**
 * Moves the border between tree and waterfall. Both halves of a row are one element (they share the virtual rows), so the border
 * is a number on the grid and not two panels.
 */
export function TreeSplitter({ grid }: { grid: RefObject<HTMLElement | null> }) {
  const [share, setShare] = useState(defaultTreeShare);
  const dragging = useRef(false);
  const move = (next: number) => {
    const kept = Math.min(most, Math.max(least, next));
    grid.current?.style.setProperty("--tree", `${kept}%`);
    setShare(kept);
    rememberWidth("tree", kept);
  };
  useLayoutEffect(() => {
    const known = rememberedWidth("tree");
    if (known === null) return;
    grid.current?.style.setProperty("--tree", `${known}%`);
    setShare(known);
  }, [grid]);
  const drag = (event: PointerEvent) => {
    const box = grid.current?.getBoundingClientRect();
    if (dragging.current && box) move(((event.clientX - box.left) / box.width) * 100);
  };
  const press = (event: KeyboardEvent) => {
    const by = event.key === "ArrowLeft" ? -keyStep : event.key === "ArrowRight" ? keyStep : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    move(share + by);
  };
  return (
    <Part
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the tree"
      aria-valuenow={Math.round(share)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      className="pointer-events-auto absolute inset-y-0 left-(--tree) z-10 -ml-[3px] hidden w-[7px] cursor-col-resize touch-none after:absolute after:inset-y-0 after:left-[3px] after:w-px after:bg-line hover:after:bg-accent focus-visible:after:bg-accent @[640px]/run-view:block"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onLostPointerCapture={() => {
        dragging.current = false;
      }}
      onDoubleClick={() => move(defaultTreeShare)}
      onKeyDown={press}
    />
  );
}
