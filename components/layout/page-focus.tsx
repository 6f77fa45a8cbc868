"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { usePagePlaces } from "./use-page-places";

/** Where the keyboard was: the element, or the one that stands for the same after its page was left and drawn anew. */
type Place = { readonly element: HTMLElement; readonly selector: string | null; readonly path: string };

const mostPlaces = 50;

/**
 * Gives the keyboard its place back where what had it is gone with what the address showed: to the latest place on this page from which
 * the address was changed (the link of the run that was opened, the row whose inspector was closed), else to the page itself.
 */
export function PageFocus() {
  const places = useRef<readonly Place[]>([]);
  const held = useRef<Place | null>(null);
  useEffect(() => {
    const note = ({ target }: { readonly target: EventTarget | null }) => {
      if (target instanceof HTMLElement) held.current = { element: target, selector: selectorOf(target), path: location.pathname };
    };
    // Whoever presses beside everything has let go; what is taken away with the focus was not let go.
    const letGo = ({ target, relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null || !document.hasFocus()) return;
      queueMicrotask(() => {
        if (held.current?.element === target && (target as Element).isConnected) held.current = null;
      });
    };
    if (document.activeElement !== document.body) note({ target: document.activeElement });
    document.addEventListener("focusin", note);
    document.addEventListener("focusout", letGo);
    return () => {
      document.removeEventListener("focusin", note);
      document.removeEventListener("focusout", letGo);
    };
  }, []);
  const path = usePathname();
  usePagePlaces(path);
  const search = useSearchParams();
  const shownPath = useRef(path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again whenever the address shows something else
  useEffect(() => {
    const from = held.current;
    const isOther = shownPath.current !== path;
    shownPath.current = path;
    if (from === null) return;
    const page = document.getElementById("page");
    if (from.element !== page)
      places.current = [from, ...places.current.filter(({ element }) => element !== from.element)].slice(0, mostPlaces);
    // What is drawn in a list comes a moment after the page.
    const frame = requestAnimationFrame(() => {
      // Let go since: Escape in a search box that was emptied by the Escape before.
      if (held.current === null) return;
      // The page itself stays where others take each other's place in it.
      const isLost = document.activeElement === document.body || (isOther && document.activeElement === page);
      if (!isLost) return;
      const place = places.current.filter((one) => one.path === path).find((one) => shown(one) !== null);
      (place ? shown(place) : page)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [path, search]);
  return null;
}

/** By what an element of the page is known when the page is drawn anew; ids that are made while drawing are others then. */
function selectorOf(element: HTMLElement): string | null {
  const href = element.closest("#page") && element.getAttribute("href");
  if (href) return `#page a[href="${CSS.escape(href)}"]`;
  return element.id === "" || element.id.startsWith("radix-") ? null : `#${CSS.escape(element.id)}`;
}

function shown({ element, selector }: Place): HTMLElement | null {
  if (element.isConnected) return element;
  return selector === null ? null : document.querySelector<HTMLElement>(selector);
}
