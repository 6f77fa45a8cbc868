import { useSyncExternalStore } from "react";

const defaultRowHeight = 28;

/** Kept while somebody hears of changes: to ask the stylesheet in the middle of a rendering makes the browser work out all styles. */
let known: number | null = null;
const listeners = new Set<() => void>();
let stopWatching: (() => void) | null = null;

/** The density's row height in px, as the stylesheet has it. */
export function useRowHeight(): number {
  return useSyncExternalStore(onDensityChange, rowHeight, () => defaultRowHeight);
}

/** Calls back when the density was changed. */
export function onDensityChange(listener: () => void): () => void {
  listeners.add(listener);
  stopWatching ??= watch();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stopWatching?.();
    stopWatching = null;
  };
}

/** Rows are as high as the density says, and higher under a finger. */
function watch(): () => void {
  known = null;
  const tell = () => {
    known = null;
    for (const listener of listeners) listener();
  };
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-density"] });
  const finger = matchMedia("(pointer: coarse)");
  finger.addEventListener("change", tell);
  return () => {
    observer.disconnect();
    finger.removeEventListener("change", tell);
  };
}

function rowHeight(): number {
  if (stopWatching === null) return readRowHeight();
  known ??= readRowHeight();
  return known;
}

function readRowHeight(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row")) || defaultRowHeight;
}
