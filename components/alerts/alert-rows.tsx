"use client";
import { BareButton } from "@/components/ui/bare-button";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { MarkBox } from "@/components/ui/mark-box";
import { SafeText } from "@/components/ui/safe-text";
import { useNow } from "@/lib/client/hooks/use-now";
import type { Alert } from "@/lib/core/alerts/alert";
import { aboutWords } from "@/lib/core/alerts/message";
import { AlertFigure } from "./alert-figure";
import { LevelText } from "./alert-looks";
import { runHref } from "./run-href";
import type { AlertMarks } from "./use-alert-marks";

type AlertRowsProps = {
  readonly label: string;
  readonly alerts: readonly Alert[];
  readonly onOpen: (id: string) => void;
  /** Where alerts can be taken without opening them. */
  readonly marks?: AlertMarks;
};

export const alertRowId = (id: string) => `alert-${id}`;

/** Alerts, one a row: what, about which run, the figure against its threshold, since when, and who has it. */
export function AlertRows({ label, alerts, onOpen, marks }: AlertRowsProps) {
  return (
    <ul aria-label={label} className="divide-y overflow-hidden rounded-box border bg-panel">
      {alerts.map((alert) => (
        <AlertRow key={alert.id} alert={alert} onOpen={() => onOpen(alert.id)} marks={marks} />
      ))}
    </ul>
  );
}

type AlertRowProps = { readonly alert: Alert; readonly onOpen: () => void; readonly marks: AlertMarks | undefined };

function AlertRow({ alert, onOpen, marks }: AlertRowProps) {
  const muted = useMuted(alert);
  const over = alert.endedAt !== null;
  const about = aboutWords(alert);
  return (
    <li
      className={classNames(
        "group relative flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-3 py-2",
        marks?.has(alert.id) ? "bg-selected" : "hover:bg-hover",
      )}
    >
      {marks && (
        <span className="-mr-1.5 w-3.5 self-center">
          {alert.acknowledged === null && (
            <MarkBox
              name={[alert.rule.name, about].filter(Boolean).join(", ")}
              marked={marks.has(alert.id)}
              onMark={(through) => marks.toggle(alert.id, through)}
            />
          )}
        </span>
      )}
      <LevelText level={over ? alert.worst : alert.level} muted={muted} className="w-24 self-center" />
      <div className="min-w-0 flex-1 basis-56">
        <BareButton
          id={alertRowId(alert.id)}
          onClick={onOpen}
          className="block max-w-full truncate text-left font-medium outline-offset-[-2px] after:absolute after:inset-0"
        >
          <SafeText text={alert.rule.name} />
          {about !== null && (
            <span className="ml-2 font-normal text-muted">
              <SafeText text={about} />
            </span>
          )}
        </BareButton>
        <p className="truncate text-meta text-muted">
          <AlertFigure alert={alert} />
        </p>
      </div>
      <p className="text-right text-meta text-muted max-md:grow max-md:basis-[55%] max-md:text-left">
        {over ? "ended " : "fired "}
        <RelativeTime at={over ? alert.endedAt : alert.firedAt} />
        {alert.run !== null && (
          <Link
            href={runHref(alert.run)}
            className="relative z-10 ml-2 text-accent hover:underline pointer-coarse:px-2 pointer-coarse:py-3"
          >
            Run<span className="sr-only"> behind {alert.rule.name}</span>
          </Link>
        )}
      </p>
      <Taken alert={alert} marks={marks} />
    </li>
  );
}

/** Who has it, or the way to take it; one column, so that the others stay where they are. */
function Taken({ alert, marks }: Pick<AlertRowProps, "alert" | "marks">) {
  if (alert.acknowledged)
    return (
      <span className="min-w-0 self-center truncate text-right text-meta text-muted md:w-26" title={alert.acknowledged.by}>
        <SafeText text={alert.acknowledged.by} /> has it
      </span>
    );
  if (!marks) return null;
  return (
    <span className="flex justify-end self-center md:w-26">
      <Button size="small" needs="decide" className="relative z-10" disabled={marks.busy(alert.id)} onClick={() => marks.take([alert.id])}>
        Acknowledge<span className="sr-only"> {alert.rule.name}</span>
      </Button>
    </span>
  );
}

export function useMuted({ mutedUntil, endedAt }: Pick<Alert, "mutedUntil" | "endedAt">): boolean {
  const nowMs = useNow(mutedUntil === null ? null : 1_000);
  return endedAt === null && mutedUntil !== null && Date.parse(mutedUntil) > nowMs;
}
