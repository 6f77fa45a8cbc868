import type { Span } from "../run/timeline-state";

type Worked = Pick<Span, "id" | "parentId" | "kind" | "agent" | "startMs" | "endMs">;
type Stretch = { readonly fromMs: number; readonly toMs: number };

/** A stretch in which nothing but waiting for a human happened. `open` = somebody is waited for still. */
export type IdleWait = Stretch & { readonly open: boolean };

/** Nobody minds looking at less. */
const leastMs = 10_000;
/** So many of the longest waits are looked at; there is room on an axis for fewer folds. */
const mostWaits = 64;

/**
 * Where within `within` a human was waited for and nothing else went on, in order and apart. What holds others (agents, steps with
 * something below) is no work of its own; a tool that waits for its own approval does not work meanwhile. `live` = what is open
 * lasts until `within.toMs`, else it has no length.
 */
export function idleWaits(spans: readonly Worked[], within: Stretch, live: boolean): readonly IdleWait[] {
  const endOf = ({ startMs, endMs }: Worked) => Math.min(within.toMs, endMs ?? (live ? within.toMs : startMs));
  const waits = spans
    .filter((span) => span.kind === "wait" && endOf(span) - Math.max(within.fromMs, span.startMs) >= leastMs)
    .sort((a, b) => endOf(b) - b.startMs - (endOf(a) - a.startMs))
    .slice(0, mostWaits);
  if (waits.length === 0) return [];
  const parents = new Set(spans.map(({ parentId }) => parentId));
  const busy: Stretch[] = [];
  for (const span of spans) {
    if (span.kind === "wait" || span.kind === "agent") continue;
    if (span.kind !== "tool" && span.kind !== "model" && span.kind !== "error" && parents.has(span.id)) continue;
    const work = { fromMs: span.startMs, toMs: endOf(span) };
    const held = waits.filter(
      (wait) => wait.parentId === span.id || (wait.agent === span.agent && span.startMs <= wait.startMs && work.toMs >= endOf(wait)),
    );
    busy.push(...(held.length === 0 ? [work] : without([work], union(held.map((wait) => ({ fromMs: wait.startMs, toMs: endOf(wait) }))))));
  }
  const waited = union(waits.map((wait) => ({ fromMs: Math.max(within.fromMs, wait.startMs), toMs: endOf(wait) })));
  const isOpen = live && waits.some(({ endMs }) => endMs === null);
  return without(waited, union(busy))
    .filter(({ fromMs, toMs }) => toMs - fromMs >= leastMs)
    .map((stretch) => ({ ...stretch, open: isOpen && stretch.toMs === within.toMs }));
}

/** In order and apart; a moment without length stays one. */
function union(stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of [...stretches].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else joined.push({ fromMs, toMs: Math.max(fromMs, toMs) });
  }
  return joined;
}

/** What is left of `stretches` beside `taken`, both in order and apart. */
function without(stretches: readonly Stretch[], taken: readonly Stretch[]): readonly Stretch[] {
  const left: Stretch[] = [];
  let next = 0;
  for (const { fromMs, toMs } of stretches) {
    let atMs = fromMs;
    while (next < taken.length && (taken[next] as Stretch).toMs < fromMs) next += 1;
    for (let i = next; i < taken.length && (taken[i] as Stretch).fromMs <= toMs; i += 1) {
      const cut = taken[i] as Stretch;
      if (cut.fromMs > atMs) left.push({ fromMs: atMs, toMs: cut.fromMs });
      atMs = Math.max(atMs, cut.toMs);
    }
    if (atMs < toMs) left.push({ fromMs: atMs, toMs });
  }
  return left;
}
