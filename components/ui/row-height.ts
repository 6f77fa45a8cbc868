import { useSyncExternalStore } from "react";

const defaultRowHeight = 28;

/** The density's row height in px, as the stylesheet has it. */
export function useRowHeight(): number {
  return useSyncExternalStore(onDensityChange, readRowHeight, () => defaultRowHeight);
}

/** Calls back when the density was changed. */
export function onDensityChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-density"] });
  return () => observer.disconnect();
}

function readRowHeight(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row")) || defaultRowHeight;
}
