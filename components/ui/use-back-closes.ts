import { useEffect, useRef } from "react";

/** What a browser is told that the way back closes; not every browser can be. */
type Watcher = { onclose: (() => void) | null; readonly destroy: () => void };

/**
 * Lets the way back of a phone, its gesture or its button, close what is open over the page and has no address of its own: it left the
 * page, with what was written in a form. Where there is a mouse, back is a button of the browser and means the page.
 */
export function useBackCloses(open: boolean, close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    const { CloseWatcher } = globalThis as { CloseWatcher?: new () => Watcher };
    if (!open || CloseWatcher === undefined || !matchMedia("(pointer: coarse)").matches) return;
    const watcher = new CloseWatcher();
    watcher.onclose = () => latest.current();
    return () => watcher.destroy();
  }, [open]);
}
