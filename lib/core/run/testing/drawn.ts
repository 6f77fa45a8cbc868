import type { Span } from "../timeline-state";
import { startMs } from "./log";

/** `kind name < parent's name, [from, to] in seconds, status`, span by span. */
export function drawn(spans: readonly Span[]): string[] {
  const names = new Map(spans.map((span) => [span.id, span.name]));
  return spans.map(({ kind, name, parentId, startMs: from, endMs, status }) => {
    const above = parentId === null ? "run" : (names.get(parentId) ?? parentId);
    return `${kind} ${name} < ${above} [${(from - startMs) / 1_000}, ${endMs === null ? "" : (endMs - startMs) / 1_000}] ${status}`;
  });
}
