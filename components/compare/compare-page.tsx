"use client";
import { ArrowLeftRight } from "lucide-react";
import { useMemo } from "react";
import { BackTitle } from "@/components/layout/back-title";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { LiveBadge } from "@/components/ui/live-badge";
import { Tabs } from "@/components/ui/tabs";
import { useAtMostEvery } from "@/lib/client/hooks/use-at-most-every";
import type { Connection } from "@/lib/client/hooks/use-connection";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import type { RunSummary } from "@/lib/core/api/run";
import { compareSteps, isDifferent, type StepComparison } from "@/lib/core/compare/compare-steps";
import { compareErrors, finalAnswer } from "@/lib/core/compare/outcome";
import { heldSpans } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import { isTerminal } from "@/lib/core/run/status";
import { CompareAnswer } from "./compare-answer";
import { CompareErrors } from "./compare-errors";
import { CompareFigures } from "./compare-figures";
import { type ComparePane, comparePanes } from "./compare-params";
import { CompareSteps } from "./compare-steps";

export type ComparedRun = { readonly run: RunSummary; readonly state: RunState };

export type CompareView = {
  readonly show: ComparePane;
  readonly differences: boolean;
  readonly sel: string | null;
  readonly set: (changes: { show?: ComparePane; differences?: boolean; sel?: string | null }) => void;
  readonly swap: () => void;
  /** Takes a run out, so that another one can be chosen. */
  readonly replace: (side: "a" | "b") => void;
};

type ComparePageProps = {
  readonly a: ComparedRun;
  readonly b: ComparedRun;
  readonly connection: Connection;
  readonly view: CompareView;
};

const againMs = 500;

/** Two runs side by side: what each came to, which way it went, what it said, what went wrong. Live while either runs. */
export function ComparePage({ a, b, connection, view }: ComparePageProps) {
  const live = !isTerminal(a.run.status) || !isTerminal(b.run.status);
  const spansA = useAtMostEvery(heldSpans(a.state.timeline), againMs, live);
  const spansB = useAtMostEvery(heldSpans(b.state.timeline), againMs, live);
  const comparison = useMemo(() => compareSteps(spansA, spansB), [spansA, spansB]);
  const [errorA, errorB] = [a.run.error?.message ?? null, b.run.error?.message ?? null];
  const errors = useMemo(
    () => compareErrors({ spans: spansA, error: errorA }, { spans: spansB, error: errorB }),
    [spansA, spansB, errorA, errorB],
  );
  const answers = { a: finalAnswer(a.state.transcript.entries), b: finalAnswer(b.state.transcript.entries) };
  const different = useMemo(() => comparison.rows.filter(isDifferent).length, [comparison]);
  useShortcuts("Compare", [
    ...comparePanes.map((pane, i) => ({
      keys: String(i + 1),
      label: `Show ${words[pane].toLowerCase()}`,
      run: () => view.set({ show: pane }),
    })),
    { keys: "x", label: "Swap A and B", run: view.swap },
  ]);
  const badges: Record<ComparePane, string | null> = {
    steps: different === 0 ? "alike" : `${different.toLocaleString("en")} differ`,
    answer: null,
    errors: errors.length === 1 ? "1 kind" : `${errors.length.toLocaleString("en")} kinds`,
  };
  return (
    <div className="flex h-full min-h-0 flex-col bg-panel max-[72rem]:block max-[72rem]:overflow-y-auto">
      <PageHeader title={<BackTitle href="/runs" to="the runs" title="Compare" />}>
        {live && <LiveBadge connection={connection} className="max-md:hidden" />}
        <Button size="small" look="quiet" onClick={() => view.replace("b")}>
          Another run
        </Button>
        <Button size="small" look="quiet" onClick={view.swap} title="Swap A and B">
          <ArrowLeftRight aria-hidden size={14} />
          Swap
        </Button>
      </PageHeader>
      <div className="shrink-0 border-y">
        <CompareFigures a={a.run} b={b.run} />
      </div>
      <div className="shrink-0 border-b max-[72rem]:sticky max-[72rem]:top-0 max-[72rem]:z-10 max-[72rem]:bg-panel">
        <Tabs
          label="What is compared"
          className="[&>div]:border-b-0 [&>div]:px-4"
          value={view.show}
          onChange={(show) => view.set({ show })}
          items={comparePanes.map((pane) => ({
            value: pane,
            label: words[pane],
            badge: badges[pane] && <span className="figures font-normal text-faint text-meta">{badges[pane]}</span>,
          }))}
          aside={view.show === "steps" && <StepCounts comparison={comparison} view={view} />}
        />
      </div>
      <div className="min-h-0 flex-1 max-[72rem]:h-[calc(100dvh-9rem)]">
        {view.show === "steps" && (
          <CompareSteps
            comparison={comparison}
            runIds={{ a: a.run.id, b: b.run.id }}
            onlyDifferences={view.differences}
            onOnlyDifferences={(differences) => view.set({ differences })}
            selected={view.sel}
            onSelect={(sel) => view.set({ sel })}
          />
        )}
        {view.show === "answer" && <CompareAnswer {...answers} />}
        {view.show === "errors" && <CompareErrors errors={errors} />}
      </div>
    </div>
  );
}

const words: Record<ComparePane, string> = { steps: "Steps", answer: "Final answer", errors: "Errors" };

function StepCounts({ comparison: { counts }, view }: { readonly comparison: StepComparison; readonly view: CompareView }) {
  const { same, changed, onlyA, onlyB } = counts;
  const said = (count: number, words: string) => `${count.toLocaleString("en")} ${words}`;
  const parts = [said(same, "in both"), changed > 0 && said(changed, "different"), said(onlyA, "only in A"), said(onlyB, "only in B")];
  return (
    <span className="flex shrink-0 items-center gap-3">
      <span className="figures whitespace-nowrap text-faint text-meta max-lg:hidden">{parts.filter(Boolean).join(" · ")}</span>
      <Button size="small" look="quiet" aria-pressed={view.differences} onClick={() => view.set({ differences: !view.differences })}>
        <span className={view.differences ? "text-accent" : undefined}>Only differences</span>
      </Button>
    </span>
  );
}
