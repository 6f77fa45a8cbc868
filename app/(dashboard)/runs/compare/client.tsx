"use client";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { ComparePage, type CompareView } from "@/components/compare/compare-page";
import { compareParams } from "@/components/compare/compare-params";
import { RunPicker } from "@/components/compare/run-picker";
import { BackTitle } from "@/components/layout/back-title";
import { PageHeader } from "@/components/layout/page-header";
import { RunSkeleton } from "@/components/run/page/run-skeleton";
import { ErrorState } from "@/components/ui/error-state";
import { ApiError } from "@/lib/client/hooks/api-error";
import { type RunSnapshot, useRunSnapshot, useRunState } from "@/lib/client/hooks/use-run-state";

type Side = "a" | "b";

export function CompareClient() {
  const [params, setParams] = useQueryStates(compareParams, { history: "push" });
  const { a, b, show, differences, sel } = params;
  const view: CompareView = {
    ...{ show, differences, sel },
    set: useCallback((changes) => void setParams(changes, { history: "sel" in changes ? "replace" : "push" }), [setParams]),
    swap: useCallback(() => void setParams((now) => ({ a: now.b, b: now.a, sel: null })), [setParams]),
    replace: useCallback((side: Side) => void setParams({ [side]: null, sel: null }), [setParams]),
  };
  const choose = (side: Side) => (id: string) => void setParams({ [side]: id });
  if (a === null) return <Choosing side="A" reason="Choose the first run" besides={null} onChoose={choose("a")} />;
  return <WithFirst key={`${a} ${b}`} {...{ a, b, view, choose }} />;
}

type WithFirstProps = {
  readonly a: string;
  readonly b: string | null;
  readonly view: CompareView;
  readonly choose: (side: Side) => (id: string) => void;
};

function WithFirst({ a, b, view, choose }: WithFirstProps) {
  const first = useRunSnapshot(a);
  if (isUnknown(first.error))
    return <Choosing side="A" reason="Run A is not in this project. Choose another" besides={null} onChoose={choose("a")} />;
  if (first.error) return <Unread error={first.error} onRetry={() => void first.refetch()} />;
  if (!first.data) return <RunSkeleton />;
  const besides = { id: first.data.run.id, agent: first.data.run.agent };
  if (b === null)
    return <Choosing side="B" reason={`Compare “${first.data.run.name.slice(0, 80)}” with`} {...{ besides }} onChoose={choose("b")} />;
  return <WithBoth first={first.data} b={b} view={view} onChoose={choose("b")} />;
}

type WithBothProps = {
  readonly first: RunSnapshot;
  readonly b: string;
  readonly view: CompareView;
  readonly onChoose: (id: string) => void;
};

function WithBoth({ first, b, view, onChoose }: WithBothProps) {
  const second = useRunSnapshot(b);
  const besides = { id: first.run.id, agent: first.run.agent };
  if (isUnknown(second.error))
    return <Choosing side="B" reason="Run B is not in this project. Choose another" {...{ besides, onChoose }} />;
  if (second.error) return <Unread error={second.error} onRetry={() => void second.refetch()} />;
  if (!second.data) return <RunSkeleton />;
  return <LiveComparison a={first} b={second.data} view={view} />;
}

function LiveComparison({ a, b, view }: { readonly a: RunSnapshot; readonly b: RunSnapshot; readonly view: CompareView }) {
  const first = useRunState(a.run.id, a);
  const second = useRunState(b.run.id, b);
  return <ComparePage a={first} b={second} connection={first.connection} view={view} />;
}

type ChoosingProps = Parameters<typeof RunPicker>[0];

function Choosing(props: ChoosingProps) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title={<BackTitle href="/runs" to="the runs" title="Compare" />} />
      <div className="min-h-0 flex-1 overflow-y-auto border-t bg-panel">
        <RunPicker {...props} />
      </div>
    </div>
  );
}

function Unread({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  return <ErrorState className="m-4" title="This run could not be loaded." error={error} kept="Its events are safe." onRetry={onRetry} />;
}

function isUnknown(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 404;
}
