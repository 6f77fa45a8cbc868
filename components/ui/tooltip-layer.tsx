"use client";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Keys } from "./kbd";
import { tooltipPlace } from "./tooltip-place";

type Shown = { readonly target: HTMLElement; readonly text: string; readonly keys: string | undefined };

const delayMs = 350;
const id = "tooltip";

/** Draws the hint of whatever `data-tooltip` is pointed at or has the focus: one for the whole page, so that rows stay cheap. */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => listen(setShown), []);
  if (!shown) return null;
  return <Hint key={shown.text} {...shown} />;
}

function Hint({ target, text, keys }: Shown) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const hint = box.current;
    if (!hint) return;
    const size = { width: innerWidth, height: innerHeight };
    const { left, top } = tooltipPlace(target.getBoundingClientRect(), hint.getBoundingClientRect(), size);
    hint.style.left = `${left}px`;
    hint.style.top = `${top}px`;
    const describes = target.ariaLabel !== text && !target.hasAttribute("aria-describedby");
    if (describes) target.setAttribute("aria-describedby", id);
    return () => {
      if (describes) target.removeAttribute("aria-describedby");
    };
  }, [target, text]);
  return (
    <div
      ref={box}
      id={id}
      role="tooltip"
      className="pointer-events-none fixed top-0 left-0 z-[60] flex max-w-80 animate-appear items-center gap-2 rounded-box bg-solid px-2 py-1 text-meta text-on-solid shadow-overlay"
    >
      {text}
      {keys && <Keys keys={keys} onSolid />}
    </div>
  );
}

/** Follows pointer and focus; gives the end of it. Touch shows none: there is nothing to hover. */
function listen(show: (shown: Shown | null) => void): () => void {
  let target: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const aim = (next: HTMLElement | null, afterMs: number) => {
    if (next === target) return;
    clearTimeout(timer);
    target = next;
    show(null);
    if (next) timer = setTimeout(() => show(hintOf(next)), afterMs);
  };
  const over = (event: PointerEvent) => aim(event.pointerType === "touch" ? null : carrierOf(event.target), delayMs);
  const focus = (event: FocusEvent) =>
    aim(event.target instanceof Element && event.target.matches(":focus-visible") ? carrierOf(event.target) : null, 0);
  const away = () => aim(null, 0);
  const leave = (event: KeyboardEvent) => event.key === "Escape" && away();
  const options = { passive: true, capture: true };
  addEventListener("pointerover", over, options);
  addEventListener("focusin", focus, options);
  addEventListener("focusout", away, options);
  addEventListener("pointerdown", away, options);
  addEventListener("scroll", away, options);
  addEventListener("keydown", leave, options);
  document.documentElement.addEventListener("pointerleave", away);
  return () => {
    clearTimeout(timer);
    removeEventListener("pointerover", over, options);
    removeEventListener("focusin", focus, options);
    removeEventListener("focusout", away, options);
    removeEventListener("pointerdown", away, options);
    removeEventListener("scroll", away, options);
    removeEventListener("keydown", leave, options);
    document.documentElement.removeEventListener("pointerleave", away);
  };
}

function carrierOf(element: EventTarget | null): HTMLElement | null {
  return element instanceof Element ? element.closest<HTMLElement>("[data-tooltip]") : null;
}

/** Asked when it is due: the words may have changed since, and the element may be gone. */
function hintOf(target: HTMLElement): Shown | null {
  const { tooltip: text, tooltipKeys: keys } = target.dataset;
  return text && target.isConnected ? { target, text, keys } : null;
}
