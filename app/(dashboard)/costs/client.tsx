"use client";
import { CircleDollarSign } from "lucide-react";
import styles from "@/components/charts/series.module.css";
import { Budgets } from "@/components/costs/budgets";
import { CostCards } from "@/components/costs/cost-cards";
import { CostChart } from "@/components/costs/cost-chart";
import { CostControls } from "@/components/costs/cost-controls";
import { GroupTable } from "@/components/costs/group-table";
import { TokenClasses } from "@/components/costs/token-classes";
import { TopRuns } from "@/components/costs/top-runs";
import { useCostParams } from "@/components/costs/use-cost-params";
import { PageHeader } from "@/components/layout/page-header";
import { buttonClass } from "@/components/ui/button-class";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Link } from "@/components/ui/link";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useCosts } from "@/lib/client/hooks/use-costs";
import type { CostReport } from "@/lib/core/api/costs";

export function CostsClient() {
  const { window, group, setParams } = useCostParams();
  const { report, top } = useCosts(window, group);
  const error = report.error ?? top.error;
  const retry = () => {
    void report.refetch();
    void top.refetch();
  };
  // Figures of another range or grouping stay in sight until the new ones are there.
  const old = report.isPlaceholderData;
  const aged = { "aria-busy": old, className: classNames("flex flex-col gap-8 transition-opacity", old && "opacity-50") };
  return (
    <>
      <PageHeader title="Costs" />
      <div data-place="costs" className={classNames("min-h-0 flex-1 overflow-y-auto border-t", styles.palette)}>
        <div className="mx-auto flex max-w-6xl flex-col gap-8 px-4 py-4">
          <CostControls
            window={window}
            group={group}
            onRange={(range) => setParams({ range, from: null, to: null })}
            onSpan={(fromMs, toMs) => setParams({ from: new Date(fromMs), to: new Date(toMs) })}
            onGroup={(next) => setParams({ group: next })}
          />
          {error && (
            <ErrorState
              title="The costs could not be loaded."
              error={error}
              kept={report.data ? "The figures below may be out of date." : undefined}
              onRetry={retry}
            />
          )}
          {report.isPending && <SkeletonRows rows={12} />}
          {/* What wants a decision stands before the table, which has a row for every agent. */}
          {report.data && (
            <div {...aged}>
              <Figures report={report.data} />
            </div>
          )}
          <Budgets />
          {report.data && report.data.totals.reports > 0 && (
            <div {...aged}>
              {top.data && <TopRuns runs={top.data.runs} />}
              <GroupTable report={report.data} />
            </div>
          )}
        </div>
      </div>
    </>
  );
}

function Figures({ report }: { readonly report: CostReport }) {
  const { show, setParams } = useCostParams();
  const zoom = (fromMs: number, toMs: number) => setParams({ from: new Date(fromMs), to: new Date(toMs) });
  if (report.totals.reports === 0)
    return (
      <>
        <CostCards report={report} />
        <EmptyState
          icon={CircleDollarSign}
          title="Nothing was spent in this period"
          action={
            <Link href="/welcome" className={buttonClass("solid")}>
              Connect an agent
            </Link>
          }
        >
          Tokens and money appear here with the first event that reports them. Choose a longer range to look further back.
        </EmptyState>
      </>
    );
  return (
    <>
      <CostCards report={report} />
      <TokenClasses figures={report.totals} />
      <CostChart
        report={report}
        measure={show}
        onMeasure={(measure) => setParams({ show: measure })}
        onZoom={report.bucket === "minute" ? null : zoom}
      />
    </>
  );
}
