import type { PointerEvent } from "react";

/** How far along what hears it a pointer is: 0 at the left edge, 1 at the right, and no further. */
export function shareAt(event: PointerEvent): number {
  const box = event.currentTarget.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
}
