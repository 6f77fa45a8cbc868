import { useEffect } from "react";
import type { RunView } from "./use-run-view";

const rows = "[data-row][tabindex], [role=log] [data-seq]";

type Step = 1 | -1;

/** A view whose rows do not come within so many frames has none to step through. */
const mostFrames = 300;

/** The view on the page; null = none. */
let shownView: RunView | null = null;
/** Steps in a view that is not drawn yet, or whose rows are still read: the keys come faster. */
let waiting: { readonly view: RunView; readonly steps: Step[]; readonly from: Element | null } | null = null;

/** Steps in the view, or once its rows are there. */
export function stepRow(by: Step, view: RunView): void {
  if (waiting?.view === view) waiting.steps.push(by);
  else if (isThere(view)) step(by);
  else {
    waiting = { view, steps: [by], from: document.activeElement };
    makeSteps(waiting, mostFrames);
  }
}

/** Tells which view is on the page. */
export function useShownView(view: RunView): void {
  useEffect(() => {
    shownView = view;
    return () => {
      shownView = null;
    };
  }, [view]);
}

/** Makes the steps that wait, one in a frame: the next begins where the one before led. */
function makeSteps(asked: NonNullable<typeof waiting>, frames: number): void {
  requestAnimationFrame(() => {
    if (waiting !== asked) return;
    if (hasGoneOn(asked.from)) waiting = null;
    else if (isThere(asked.view)) {
      const by = asked.steps.shift();
      if (by !== undefined) step(by);
      if (asked.steps.length > 0) makeSteps(asked, mostFrames);
      else waiting = null;
    } else if (frames > 0) makeSteps(asked, frames - 1);
    else waiting = null;
  });
}

/** Whoever began something else meanwhile, to type for one, is not taken from it. */
function hasGoneOn(from: Element | null): boolean {
  const now = document.activeElement;
  return now !== from && now !== document.body && !now?.closest(rows);
}

function isThere(view: RunView): boolean {
  return (shownView === null || shownView === view) && placeInView() !== undefined;
}

/**
 * Moves the keyboard to the next or the previous row of the view, wherever on the page it is: into the view first, at its place there,
 * then as the arrow keys do.
 */
function step(by: Step): void {
  const from = document.activeElement?.closest<HTMLElement>(rows);
  if (!from) placeInView()?.focus();
  else if (from.dataset.row === undefined) articleBeside(from, by)?.focus();
  else press(from, by === 1 ? "ArrowDown" : "ArrowUp");
}

/** Where the view stands: its row in the order of Tab, the entry that is selected, else the first that is seen. */
function placeInView(): HTMLElement | undefined {
  // Views that were left are there, too, out of sight.
  const drawn = [...document.querySelectorAll<HTMLElement>(rows)].filter(({ offsetParent }) => offsetParent !== null);
  const place = drawn.find(({ tabIndex, ariaCurrent, dataset }) => (dataset.row === undefined ? ariaCurrent === "true" : tabIndex === 0));
  return place ?? drawn.find(isInSight) ?? drawn[0];
}

/** The grids hear their own keys: what a row is next to, only they know. */
function press(row: HTMLElement, key: "ArrowDown" | "ArrowUp"): void {
  row.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

function articleBeside(from: HTMLElement, by: Step): HTMLElement | undefined {
  const entries = [...document.querySelectorAll<HTMLElement>("[role=log] [data-seq]")].sort((a, b) => topOf(a) - topOf(b));
  return entries[entries.indexOf(from) + by];
}

function isInSight(row: HTMLElement): boolean {
  const log = row.closest("[role=log]");
  return log === null || topOf(row) >= topOf(log);
}

function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}
