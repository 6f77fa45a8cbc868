import type { RefObject } from "react";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import { nothing } from "../selection/selection";
import { stepRow } from "./step-row";
import { type RunViewState, runViews } from "./use-run-view";

type RunKeys = {
  readonly view: RunViewState;
  readonly live: boolean;
  readonly follow: boolean;
  readonly setFollow: (follow: boolean) => void;
  /** Leaves the past; null while the page shows now. */
  readonly onBackToNow: (() => void) | null;
  readonly searchRef: RefObject<HTMLInputElement | null>;
};

/** Keys of the page itself. `a`, `d`, `e` and `r` are left to what can be decided: a key means one thing on a page. */
export function useRunKeys({ view, live, follow, setFollow, onBackToNow, searchRef }: RunKeys): void {
  useShortcuts("Run", [
    ...runViews.map((name, i) => ({ keys: String(i + 1), label: `View: ${name}`, run: () => void view.set({ view: name }) })),
    { keys: "j", label: "Next row", run: () => stepRow(1, view.view) },
    { keys: "k", label: "Previous row", run: () => stepRow(-1, view.view) },
    { keys: "f", label: "Follow the latest, or stop", run: () => (onBackToNow ? onBackToNow() : live && setFollow(!follow)) },
    { keys: "!", label: "Errors only", run: () => void view.set({ errors: !view.errors }) },
    { keys: "/", label: "Search in this run", run: () => searchRef.current?.focus() },
    { keys: "Escape", label: "Close the selection", run: () => view.select(nothing) },
  ]);
}
