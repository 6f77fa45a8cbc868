import { type RefObject, useLayoutEffect, useState } from "react";

/** Width of an element in px, followed as it changes; 0 before it is there. */
export function useElementWidth(element: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new ResizeObserver(() => setWidthPx(Math.round(target.clientWidth)));
    setWidthPx(Math.round(target.clientWidth));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return widthPx;
}
