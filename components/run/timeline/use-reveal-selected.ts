import { useEffect, useRef } from "react";

/** Shows the selected row when another one becomes selected, never because rows came or went. */
export function useRevealSelected(selectedSpanId: string | null, reveal: () => void): void {
  const revealed = useRef<string | null>(null);
  useEffect(() => {
    if (revealed.current === selectedSpanId) return;
    revealed.current = selectedSpanId;
    reveal();
  });
}
