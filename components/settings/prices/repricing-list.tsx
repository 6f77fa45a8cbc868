import type { ReactNode } from "react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Money, RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import type { Repricing, RepricingDifference } from "@/lib/core/prices/repricing";

type RepricingListProps = {
  readonly repricings: readonly Repricing[];
  readonly pending: boolean;
  readonly onApply: (id: string) => void;
  readonly onCancel: (id: string) => void;
};

/** What was counted and waits for a word, and the record of what was written before. */
export function RepricingList({ repricings, pending, onApply, onCancel }: RepricingListProps) {
  return (
    <ul className="mt-3 divide-y rounded-box border bg-panel" aria-label="Repricings">
      {repricings.map((one) => (
        <li key={one.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-3 py-2.5">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-2">
              <Badge tone={looks[one.status].tone}>{looks[one.status].word}</Badge>
              <span className="font-medium">{one.model === null ? "All models" : <SafeText text={one.model} clamp={120} />}</span>
              <span className="figures text-muted">
                {one.from.slice(0, 10)} to {dayBefore(one.to)}
              </span>
            </p>
            <Outcome repricing={one} />
            <p className="mt-1 text-faint text-meta">
              {one.appliedBy === null ? "Previewed by" : "Applied by"} {one.appliedBy ?? one.createdBy},{" "}
              <RelativeTime at={one.appliedAt ?? one.createdAt} />
            </p>
          </div>
          <Actions repricing={one} pending={pending} onApply={onApply} onCancel={onCancel} />
        </li>
      ))}
    </ul>
  );
}

const looks: Record<Repricing["status"], { readonly word: string; readonly tone: BadgeTone }> = {
  counting: { word: "calculating", tone: "accent" },
  counted: { word: "ready to review", tone: "waiting" },
  applying: { word: "applying", tone: "accent" },
  applied: { word: "applied", tone: "succeeded" },
  cancelled: { word: "cancelled", tone: "neutral" },
};

function Actions({
  repricing: { id, status, counted },
  pending,
  onApply,
  onCancel,
}: Omit<RepricingListProps, "repricings"> & { readonly repricing: Repricing }) {
  if (status === "applied" || status === "cancelled") return null;
  return (
    <div className="flex gap-2">
      <Button look="quiet" needs="admin" disabled={pending} onClick={() => onCancel(id)}>
        {status === "counted" ? "Discard" : "Stop"}
      </Button>
      {status === "counted" && (
        <Button look="solid" needs="admin" disabled={pending || counted.eventsChanged === 0} onClick={() => onApply(id)}>
          Apply new estimates
        </Button>
      )}
    </div>
  );
}

function Outcome({ repricing: { status, counted, applied } }: { readonly repricing: Repricing }) {
  const found = applied ?? counted;
  const seen = `${of(found.runsSeen, "run")} checked`;
  if (status === "counting") return <Line>{seen} so far</Line>;
  if (found.eventsChanged === 0) return <Line>{status === "applying" ? `${seen} so far` : `No changes: ${seen}`}</Line>;
  return (
    <>
      <Line>
        <Money nanos={found.beforeNanos} estimated /> <span aria-hidden>→</span>
        <span className="sr-only">to</span> <Money nanos={found.afterNanos} estimated /> in {counts(found)}
      </Line>
      {found.unpricedBefore !== found.unpricedAfter && (
        <Line>
          {found.unpricedBefore.toLocaleString("en")} → {found.unpricedAfter.toLocaleString("en")} unpriced
        </Line>
      )}
      {found.runsSkipped > 0 && <Line>{of(found.runsSkipped, "run")} not changed: part of the log is gone</Line>}
    </>
  );
}

function of(n: number, what: string): string {
  return `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;
}

function counts({ eventsChanged, runsChanged }: RepricingDifference): string {
  return `${of(eventsChanged, "event")} of ${of(runsChanged, "run")}`;
}

function Line({ children }: { readonly children: ReactNode }) {
  return <p className="figures mt-1">{children}</p>;
}

function dayBefore(behind: string): string {
  return new Date(Date.parse(behind) - 1).toISOString().slice(0, 10);
}
