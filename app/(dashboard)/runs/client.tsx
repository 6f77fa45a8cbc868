"use client";
import { MessagesSquare, Plug } from "lucide-react";
import { useCallback, useRef } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { ExportMenu } from "@/components/runs/export-menu";
import { NewRunsPill } from "@/components/runs/new-runs-pill";
import { RunFilterBar } from "@/components/runs/run-filter-bar";
import { RunStrip } from "@/components/runs/run-strip";
import { RunTable } from "@/components/runs/run-table";
import { runViews, viewOf } from "@/components/runs/run-views";
import { ListEnd, RunsBody } from "@/components/runs/runs-body";
import { SavedViews } from "@/components/runs/saved-views";
import { useRunChoice } from "@/components/runs/use-run-choice";
import { useRunFilters } from "@/components/runs/use-run-filters";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { later } from "@/components/ui/later";
import { Link } from "@/components/ui/link";
import { useMarked } from "@/components/ui/use-marked";
import type { VirtualListHandle } from "@/components/ui/virtual-list";
import { useRunCounts } from "@/lib/client/hooks/use-run-counts";
import { noRunFilters, type RunFilters, useRuns } from "@/lib/client/hooks/use-runs";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";

const MarkedControls = later(() => import("@/components/runs/marked-controls").then((module) => module.MarkedControls));
const MarkedRunsBar = later(() => import("@/components/runs/marked-runs-bar").then((module) => module.MarkedRunsBar));
const PeekPanel = later(() => import("@/components/runs/peek-panel").then((module) => module.PeekPanel));

export function RunsClient() {
  const [filters, setFilters] = useRunFilters();
  const view = useRuns(filters);
  const counts = useRunCounts();
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<VirtualListHandle>(null);
  const { selected, isPeeking, move, togglePeek, closePeek } = useRunChoice(view.runs, list);
  const marked = useMarked(view.runs);
  const chosen = viewOf(filters);
  const showNew = () => {
    view.showNew();
    list.current?.scrollToIndex(0);
  };
  const mark = () => selected && marked.toggle(selected.id);
  useRunsKeys({ move, mark, peek: togglePeek, showNew, filters, setFilters, focusSearch: () => search.current?.focus() });
  useShortcuts("Peek", [{ keys: "Escape", label: "Close peek", run: closePeek }], isPeeking);
  const onAgent = useCallback((agent: string) => setFilters({ agent }), [setFilters]);
  const onSort = useCallback((sort: RunFilters["sort"]) => setFilters({ sort }), [setFilters]);
  return (
    <>
      <PageHeader title="Runs">
        <Link href="/sessions" className={buttonClass("quiet")}>
          <MessagesSquare aria-hidden size={14} />
          Sessions
        </Link>
        <Link href="/welcome" className={buttonClass("quiet")}>
          <Plug aria-hidden size={14} />
          Connect an agent
        </Link>
      </PageHeader>
      <RunStrip counts={counts} chosen={chosen} onFilters={setFilters} />
      <RunFilterBar filters={filters} onFilters={setFilters} view={chosen} runs={view.runs} searchRef={search}>
        <NewRunsPill count={view.newCount} onShow={showNew} />
        <SavedViews filters={filters} onFilters={setFilters} />
        <ExportMenu filters={filters} />
        <Button className="md:hidden" aria-pressed={marked.isMarking} onClick={marked.isMarking ? marked.clear : marked.begin}>
          Select
        </Button>
      </RunFilterBar>
      <section aria-label="List of runs" className="relative min-h-0 flex-1 border-t bg-panel">
        <RunsBody
          view={view}
          filtered={Object.values({ ...filters, sort: null }).some((value) => value !== null)}
          onClear={() => setFilters(noRunFilters)}
        >
          <RunTable
            runs={view.runs}
            selectedId={selected?.id ?? null}
            onAgent={onAgent}
            sort={filters.sort}
            onSort={onSort}
            marked={marked}
            onEnd={() => view.hasMore && !view.loadingMore && view.loadMore()}
            handle={list}
            footer={<ListEnd view={view} />}
            place={JSON.stringify(filters)}
          />
        </RunsBody>
        {(marked.ids.length > 0 || marked.isMarking) && (
          <MarkedRunsBar marked={marked}>
            <MarkedControls marked={marked} runs={view.runs} />
          </MarkedRunsBar>
        )}
        {isPeeking && selected && (
          <PeekPanel
            key={selected.id}
            run={selected}
            onClose={closePeek}
            onAgent={onAgent}
            onSession={(session) => setFilters({ session })}
          />
        )}
      </section>
    </>
  );
}

type Keys = {
  readonly move: (step: number) => void;
  readonly peek: () => void;
  readonly mark: () => void;
  readonly showNew: () => void;
  readonly focusSearch: () => void;
  readonly filters: RunFilters;
  readonly setFilters: (changes: Partial<RunFilters>) => void;
};

function useRunsKeys({ move, peek, mark, showNew, focusSearch, filters, setFilters }: Keys): void {
  const showView = (step: number) => {
    const shown = viewOf(filters);
    const at = shown ? runViews.indexOf(shown) : -1;
    const next = at < 0 ? 0 : (at + step + runViews.length) % runViews.length;
    setFilters(runViews[next]?.filters ?? {});
  };
  useShortcuts("Runs", [
    { keys: "j", label: "Next run", run: () => move(1) },
    { keys: "k", label: "Previous run", run: () => move(-1) },
    { keys: "Space", label: "Peek at run", run: peek },
    { keys: "x", label: "Select run", run: mark },
    { keys: "/", label: "Search", run: focusSearch },
    { keys: "[", label: "Previous view", run: () => showView(-1) },
    { keys: "]", label: "Next view", run: () => showView(1) },
    { keys: "n", label: "Show new runs", run: showNew },
  ]);
}
