import { useLayoutEffect, useRef } from "react";

let typed = "";

/** What was typed before the palette was here. */
export function typedAhead(): string {
  return typed;
}

export function forgetTypedAhead(): void {
  typed = "";
}

/** Stands for the palette while that is loaded: what is typed into it is meant for it, and for none of the keys of the page below. */
export function TypedAhead({ onClose }: { readonly onClose: () => void }) {
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    forgetTypedAhead();
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <input
      ref={box}
      aria-label="Command palette"
      onChange={(event) => {
        typed = event.target.value;
      }}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      className="fixed top-[12vh] left-1/2 z-50 h-11 w-[min(34rem,calc(100vw-1.5rem))] -translate-x-1/2 rounded-box border bg-overlay pl-9 text-title shadow-overlay outline-none"
    />
  );
}
