"use client";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Sheet } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { Needs } from "@/components/ui/needs";
import { SafeText } from "@/components/ui/safe-text";
import type { Alert, AlertEntry } from "@/lib/core/alerts/alert";
import { aboutWords } from "@/lib/core/alerts/message";
import { AlertFigure } from "./alert-figure";
import { AlertLog } from "./alert-log";
import { LevelText } from "./alert-looks";
import { useMuted } from "./alert-rows";
import { runHref } from "./run-href";

const hourMs = 3_600_000;

type AlertSheetProps = {
  readonly alert: Alert;
  /** Newest first. */
  readonly log: readonly AlertEntry[];
  readonly pending: boolean;
  readonly error: Error | null;
  /** The server's clock, epoch milliseconds. */
  readonly nowMs: () => number;
  readonly onClose: () => void;
  readonly onAcknowledge: (note: string | null) => void;
  readonly onMute: (until: string | null) => void;
};

/** One alert: what it found, what can be done about it, and what became of it. */
export function AlertSheet(props: AlertSheetProps) {
  const { alert, log, error, onClose } = props;
  const muted = useMuted(alert);
  const about = aboutWords(alert);
  return (
    <Sheet open onOpenChange={onClose} title={<SafeText text={alert.rule.name} />} className="sm:w-[32rem] sm:max-w-[92vw]">
      <div className="flex flex-col gap-4">
        {/* What opens the run stands before all that comes and goes with an act: nothing moves under a pointer. */}
        <div className="flex items-start gap-3">
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <p className="flex flex-wrap items-center gap-x-3">
              <LevelText level={alert.level} muted={muted} />
              {muted && (
                <span className="text-meta text-muted">
                  until <RelativeTime at={alert.mutedUntil} />
                </span>
              )}
            </p>
            {about !== null && (
              <p className="break-words font-medium">
                <SafeText text={about} />
              </p>
            )}
            <p>
              <AlertFigure alert={alert} />
            </p>
            {alert.acknowledged && <Acknowledged {...alert.acknowledged} />}
          </div>
          <RunLink alert={alert} />
        </div>
        {error && <ErrorState title="The alert could not be updated." error={error} />}
        {alert.endedAt === null && (
          <Needs scope="decide" otherwise={(refusal) => <p className="text-muted">{refusal}</p>}>
            <Acts {...props} muted={muted} />
          </Needs>
        )}
        <AlertLog log={log} />
      </div>
    </Sheet>
  );
}

function Acknowledged({ by, at, note }: NonNullable<Alert["acknowledged"]>) {
  return (
    <p className="text-muted">
      <SafeText text={by} /> acknowledged it <RelativeTime at={at} />
      {note !== null && (
        <>
          : <SafeText text={note} />
        </>
      )}
    </p>
  );
}

function RunLink({ alert }: { readonly alert: Alert }): ReactNode {
  if (alert.run === null) return null;
  return (
    <Link href={runHref(alert.run)} className={`${buttonClass("outline")} shrink-0`}>
      Open run
    </Link>
  );
}

const field = "h-7 rounded-box border border-line-strong bg-panel px-2 max-md:h-10 pointer-coarse:h-10 max-md:text-[16px]";

function Acts({ alert, muted, pending, nowMs, onAcknowledge, onMute }: AlertSheetProps & { readonly muted: boolean }) {
  const [note, setNote] = useState("");
  const [until, setUntil] = useState("");
  const mute = (ms: number) => onMute(new Date(nowMs() + ms).toISOString());
  const chosen = until === "" ? Number.NaN : new Date(until).getTime();
  return (
    <div className="flex flex-col gap-3">
      {alert.acknowledged === null && (
        <form
          className="flex flex-wrap gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            onAcknowledge(note.trim() === "" ? null : note.trim());
          }}
        >
          <input
            aria-label="Note"
            placeholder="Note for the history (optional)"
            maxLength={1_000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
            className={`${field} min-w-40 flex-1`}
          />
          <Button look="solid" type="submit" disabled={pending} data-autofocus>
            Acknowledge
          </Button>
        </form>
      )}
      <fieldset className="flex flex-wrap items-center gap-2">
        <legend className="sr-only">Mute</legend>
        {muted ? (
          <Button once disabled={pending} onClick={() => onMute(null)}>
            Unmute
          </Button>
        ) : (
          <>
            <Button once disabled={pending} onClick={() => mute(hourMs)}>
              Mute for 1 h
            </Button>
            <Button once disabled={pending} onClick={() => mute(24 * hourMs)}>
              Mute for 1 d
            </Button>
            <span className="flex flex-wrap items-center gap-2 max-sm:w-full">
              <input
                type="datetime-local"
                aria-label="Mute until"
                value={until}
                onChange={(event) => setUntil(event.target.value)}
                className={`${field} max-sm:flex-1`}
              />
              <Button disabled={pending || Number.isNaN(chosen)} onClick={() => onMute(new Date(chosen).toISOString())}>
                Mute until then
              </Button>
            </span>
          </>
        )}
      </fieldset>
    </div>
  );
}
