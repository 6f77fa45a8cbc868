import type { RunSummary } from "@/lib/core/api/run";

/** How much of its budget the run has used, as the sender says, with the threshold that it last crossed. */
export function BudgetBar({ budget }: { readonly budget: NonNullable<RunSummary["budget"]> }) {
  const { usedPercent, thresholdPercent } = budget;
  const tone = usedPercent >= 100 ? "bg-failed" : usedPercent >= (thresholdPercent ?? 80) ? "bg-stalled" : "bg-running";
  const figure = `${Math.round(usedPercent)} %`;
  return (
    <span
      className="inline-flex items-center gap-1.5 whitespace-nowrap"
      title={thresholdPercent === null ? undefined : `crossed ${thresholdPercent} %`}
    >
      <span className="text-faint">budget</span>
      <span
        role="progressbar"
        aria-label="Budget used"
        aria-valuenow={Math.min(100, Math.max(0, usedPercent))}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={figure}
        className="relative h-2 w-20 overflow-hidden rounded-full bg-hover"
      >
        <span
          className={`absolute inset-y-0 left-0 rounded-full ${tone}`}
          style={{ width: `${Math.min(100, Math.max(0, usedPercent))}%` }}
        />
        {thresholdPercent !== null && (
          <span
            className="absolute inset-y-0 w-px bg-ink opacity-60"
            style={{ left: `${Math.min(100, Math.max(0, thresholdPercent))}%` }}
          />
        )}
      </span>
      <span className="figures">{figure}</span>
    </span>
  );
}
