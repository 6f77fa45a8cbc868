import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import type { WindowControl } from "./use-time-window";

/** By how much a key or a button zooms. */
export const zoomStep = 1.5;

/** Wherever on the page the keyboard is, as the buttons say. */
export function useZoomKeys({ zoomBy, fit }: WindowControl): void {
  useShortcuts("Time axis", [
    { keys: "+", label: "Zoom in", run: () => zoomBy(zoomStep) },
    { keys: "-", label: "Zoom out", run: () => zoomBy(1 / zoomStep) },
    { keys: "0", label: "Fit the whole run", run: fit },
  ]);
}
