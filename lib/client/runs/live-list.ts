import type { RunList, RunSummary } from "@/lib/core/api/run";
import { type RunSort, sortFigure } from "@/lib/core/run-query/run-sort";
import { serverNowMs } from "../time/shared-clock";
import { matchesRunFilters, type RunFilters } from "./run-filters";

/** The pages of a list of runs as react-query keeps them. */
export type RunPages = { readonly pages: readonly RunList[]; readonly pageParams: readonly (string | null)[] };

/**
 * Puts newer summaries in the place of listed ones. A row keeps its place even when it no longer matches the filters:
 * what is being read does not move. Untouched pages and rows keep their identity.
 */
export function updateListed(pages: RunPages, updates: ReadonlyMap<string, RunSummary>): RunPages {
  let touched = false;
  const next = pages.pages.map((page) => {
    let pageTouched = false;
    const runs = page.runs.map((listed) => {
      const update = updates.get(listed.id);
      if (!update || update.lastSeq < listed.lastSeq) return listed;
      pageTouched = true;
      return update;
    });
    touched ||= pageTouched;
    return pageTouched ? { ...page, runs } : page;
  });
  return touched ? { ...pages, pages: next } : pages;
}

/** A further page that was read is put behind the list as it is by now: its reading had begun with the list as it was then. */
export function addPage(now: RunPages | undefined, read: RunPages): RunPages {
  const last = read.pages.at(-1);
  if (!now || !last || read.pages.length !== now.pages.length + 1) return read;
  return { ...read, pages: [...now.pages, last] };
}

/** The runs among `updates` that this list should have but does not show: they wait behind the "new runs" pill. */
export function unlisted(pages: RunPages, updates: Iterable<RunSummary>, filters: RunFilters): RunSummary[] {
  const listed = new Set(pages.pages.flatMap((page) => page.runs.map((run) => run.id)));
  const last = pages.pages.at(-1);
  const oldest = last?.nextCursor ? last.runs.at(-1) : undefined;
  const inOrder = inOrderOf(filters.sort);
  const found: RunSummary[] = [];
  for (const run of updates) {
    if (listed.has(run.id) || !matchesRunFilters(run, filters)) continue;
    if (oldest && inOrder(oldest, run) < 0) continue;
    found.push(run);
  }
  return found;
}

/** Puts waiting runs where the server's order has them. */
export function insertRuns(pages: RunPages, waiting: readonly RunSummary[], sort: RunSort | null): RunPages {
  const known = new Set(pages.pages.flatMap((page) => page.runs.map((run) => run.id)));
  let rest = waiting.filter((run) => !known.has(run.id));
  if (rest.length === 0) return pages;
  const inOrder = inOrderOf(sort);
  const next = pages.pages.map((page, index) => {
    const oldest = page.runs.at(-1);
    const isLast = index === pages.pages.length - 1;
    const mine = isLast || !oldest ? rest : rest.filter((run) => inOrder(run, oldest) < 0);
    if (mine.length === 0) return page;
    const taken = new Set(mine.map((run) => run.id));
    rest = rest.filter((run) => !taken.has(run.id));
    return { ...page, runs: [...page.runs, ...mine].sort(inOrder) };
  });
  return { ...pages, pages: next };
}

/** The server's order: by the figure now, the largest first, else the newest first, as our ids carry their time. */
function inOrderOf(sort: RunSort | null): (a: RunSummary, b: RunSummary) => number {
  const nowMs = serverNowMs();
  const newestFirst = (a: RunSummary, b: RunSummary) => (a.id > b.id ? -1 : 1);
  if (sort === null) return newestFirst;
  return (a, b) => sortFigure(b, sort, nowMs) - sortFigure(a, sort, nowMs) || newestFirst(a, b);
}
