import { type RefObject, useEffect, useRef } from "react";
import type { GraphEdge } from "./prepare-graph";

const pulseMs = 1_100;

/** Lights up an edge once when something new was sent along it. None under reduced motion. */
export function usePulses(drawing: RefObject<SVGSVGElement | null>, edges: readonly GraphEdge[]): void {
  const before = useRef<ReadonlyMap<string, number> | null>(null);
  useEffect(() => {
    const known = before.current;
    before.current = new Map(edges.map(({ key, lastSeq }) => [key, lastSeq]));
    if (known === null || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    edges.forEach(({ key, lastSeq }, index) => {
      if (lastSeq <= (known.get(key) ?? 0)) return;
      const pulse = drawing.current?.querySelector(`[data-pulse="${index}"]`);
      if (!pulse || pulse.getAnimations().length > 0) return;
      pulse.animate([{ opacity: 0.9 }, { opacity: 0 }], { duration: pulseMs, easing: "ease-out" });
    });
  }, [drawing, edges]);
}
