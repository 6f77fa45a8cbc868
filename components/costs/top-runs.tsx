import { RelativeTime, RunCost, TokensInOut } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import type { RunSummary } from "@/lib/core/api/run";
import { RunStanding } from "../runs/run-standing";

/** The most expensive runs that began in the range, each with its whole cost. */
export function TopRuns({ runs }: { readonly runs: readonly RunSummary[] }) {
  return (
    <section aria-label="Most expensive runs">
      <h2 className="font-medium">
        Most expensive runs <span className="font-normal text-faint text-meta">started in this period, each with its full cost</span>
      </h2>
      {runs.length === 0 && <p className="mt-2 text-muted">No run started in this period has a known cost.</p>}
      <ol className="mt-2">
        {runs.map((run) => (
          <li key={run.id} className="relative flex min-h-(--row) items-center gap-3 border-t py-1 last:border-b hover:bg-hover">
            <span className="w-36 shrink-0 max-md:hidden">
              <RunStanding run={run} />
            </span>
            <Link href={`/runs/${run.id}?view=cost`} className="min-w-0 flex-1 truncate after:absolute after:inset-0 after:content-['']">
              <SafeText text={run.name} />
            </Link>
            <span className="max-w-40 truncate text-muted max-lg:hidden">{run.agent && <SafeText text={run.agent} />}</span>
            <span className="w-16 text-right text-faint text-meta max-lg:hidden">
              <RelativeTime at={run.createdAt} />
            </span>
            <TokensInOut tokens={run.tokens} className="w-24 text-right max-lg:hidden" />
            <RunCost cost={run.cost} className="min-w-24 text-right lg:w-52" />
          </li>
        ))}
      </ol>
    </section>
  );
}
