import { useEffect } from "react";
import type { RunView } from "./use-run-view";

const rows = "[data-row][tabindex], [role=log] [data-seq]";

type Step = 1 | -1;

/** The view on the page; null = none yet. */
let shownView: RunView | null = null;
/** Steps in a view that was asked for and is not there yet: the keys come faster than it is drawn. */
let waiting: Step[] = [];

/** Steps in the view, or once it is there. */
export function stepRow(by: Step, view: RunView): void {
  if (shownView === null || shownView === view) step(by);
  else waiting.push(by);
}

/** Tells which view is on the page, and makes the steps that waited for it, one in a frame: the next begins where the one before led. */
export function useStepsInto(view: RunView): void {
  useEffect(() => {
    shownView = view;
    const steps = waiting;
    waiting = [];
    const makeNext = () => {
      const by = steps.shift();
      if (by === undefined) return;
      step(by);
      frame = requestAnimationFrame(makeNext);
    };
    let frame = requestAnimationFrame(makeNext);
    return () => {
      cancelAnimationFrame(frame);
      shownView = null;
    };
  }, [view]);
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
