import { useLayoutEffect, useRef } from "react";

/** Shows the selected row when another one becomes selected, never because rows came or went: before the rows of where it was are drawn. */
export function useRevealSelected(selectedSpanId: string | null, reveal: () => void): void {
  const revealed = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (revealed.current === selectedSpanId) return;
    revealed.current = selectedSpanId;
    reveal();
  });
}
