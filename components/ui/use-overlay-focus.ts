import { useRef } from "react";

/**
 * Into the overlay and back. In: to what was marked, else to the overlay itself, for its close button first would only show its
 * hint. Back: to what had the focus, or to the page where that is gone, unless something else has taken it by then.
 */
export function useOverlayFocus() {
  const before = useRef<Element | null>(null);
  const onOpenAutoFocus = (event: Event) => {
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
  return { onOpenAutoFocus, onCloseAutoFocus };
}
