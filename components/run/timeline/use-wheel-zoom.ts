import { type RefObject, useEffect } from "react";
import type { WindowControl } from "./use-time-window";

const zoomPerPx = 0.004;

/** Ctrl or cmd + wheel (and a trackpad's pinch) zooms around the pointer; a sideways wheel pans. */
export function useWheelZoom(
  grid: RefObject<HTMLElement | null>,
  axis: RefObject<HTMLElement | null>,
  { zoomBy, panBy }: WindowControl,
): void {
  useEffect(() => {
    const element = grid.current;
    if (!element) return;
    const turn = (event: WheelEvent) => {
      const box = axis.current?.getBoundingClientRect();
      if (!box || box.width === 0) return;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
        zoomBy(Math.exp(-event.deltaY * zoomPerPx), share);
        return;
      }
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      if (Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
      event.preventDefault();
      panBy(sideways / box.width);
    };
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, [grid, axis, zoomBy, panBy]);
}
