import { useRef } from "react";

/** A double click is over by then. */
const pressMs = 500;

/**
 * How one comes into an overlay and out of it. In: to what was marked, else to the overlay itself, for its close button first would only
 * show its hint. Back: to what had the focus, or to the page where that is gone, unless something else has taken it by then. A press beside
 * it closes it, but for the second one of a double click on what opened it.
 */
export function useOverlay() {
  const before = useRef<Element | null>(null);
  const openedAtMs = useRef(0);
  const onOpenAutoFocus = (event: Event) => {
    openedAtMs.current = performance.now();
    if (!(event.currentTarget instanceof HTMLElement)) return;
    before.current = document.activeElement;
    event.preventDefault();
    (event.currentTarget.querySelector<HTMLElement>("[data-autofocus]") ?? event.currentTarget).focus();
  };
  const onCloseAutoFocus = (event: Event) => {
    event.preventDefault();
    if (document.activeElement !== document.body) return;
    const target = before.current?.isConnected ? before.current : document.getElementById("page");
    if (target instanceof HTMLElement) target.focus();
  };
  const onPointerDownOutside = (event: Event) => {
    if (performance.now() - openedAtMs.current < pressMs) event.preventDefault();
  };
  return { onOpenAutoFocus, onCloseAutoFocus, onPointerDownOutside };
}
