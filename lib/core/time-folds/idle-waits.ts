import type { Span } from "../run/timeline-state";

type Worked = Pick<Span, "id" | "parentId" | "kind" | "agent" | "startMs" | "endMs">;
type Stretch = { readonly fromMs: number; readonly toMs: number };

/** A stretch in which nothing happened except waiting for a human. `open` = the wait is not over. */
export type IdleWait = Stretch & { readonly open: boolean };

/** Shorter waits are not worth folding. */
const leastMs = 10_000;
/** How many of the longest waits are considered; an axis has room for fewer folds. */
const mostWaits = 64;

/**
 * Where within `within` a human was waited for and nothing else went on, sorted and disjoint. Containers (agents, steps with something
 * below) do no work of their own; a tool that waits for its own approval is not working meanwhile. `live` = open spans last until
 * `within.toMs`, otherwise their length is zero.
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

/** Sorted and disjoint; a moment without length is kept. */
function union(stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of [...stretches].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else joined.push({ fromMs, toMs: Math.max(fromMs, toMs) });
  }
  return joined;
}

/** What remains of `stretches` outside `taken`, both sorted and disjoint. */
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
