import { ChevronsLeft, ChevronsRight, LoaderCircle, Pause, Play, Radio, SkipForward } from "lucide-react";
import { BareButton } from "@/components/ui/bare-button";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { Tooltip } from "@/components/ui/tooltip";
import { formatDuration } from "@/lib/core/format/format-duration";
import { longestGapMs } from "./advance";
import { Scrubber } from "./scrubber";
import { useMarks } from "./use-marks";
import { type Speed, speeds } from "./use-play";
import type { ReplayControl } from "./use-replay-control";

/** The run as a recording that is still being made: any moment of it, played again, and the way back to now. */
export function ReplayBar({ control }: { readonly control: ReplayControl }) {
  const { at, seq, lastSeq, isRunning, elapsedMs, replay, seek, play } = control;
  const marks = useMarks({ spans: control.spans, lastSeq, version: control.marksVersion });
  const isPast = at !== null;
  const words = positionWords(seq, lastSeq, elapsedMs);
  return (
    <section
      aria-label="Replay"
      data-shown-event={replay.shown?.seq}
      className={classNames(
        "flex shrink-0 flex-wrap items-center gap-x-2 border-t bg-panel px-2 py-0.5 sm:flex-nowrap sm:px-3",
        isPast && "border-t-accent",
      )}
    >
      <div className="order-2 flex items-center sm:order-none">
        <IconButton label="Previous step" keys="[" onClick={() => control.step(-1)}>
          <ChevronsLeft size={15} />
        </IconButton>
        <PlayButton control={control} />
        <IconButton label="Next step" keys="]" onClick={() => control.step(1)} disabled={!isPast}>
          <ChevronsRight size={15} />
        </IconButton>
        <SpeedButton speed={play.speed} onSpeed={play.setSpeed} />
      </div>
      <div className="order-1 flex w-full min-w-0 sm:order-none sm:w-auto sm:flex-1">
        <Scrubber
          {...{ seq, lastSeq, isPast, marks }}
          valueText={isPast ? `${words}, ${control.statusWord}` : `${words}, ${isRunning ? "live" : "the end"}`}
          onSeek={seek}
        />
      </div>
      <span className="figures order-3 ml-auto flex h-7 items-center gap-1.5 whitespace-nowrap text-meta text-muted sm:order-none">
        {replay.isLoading && <LoaderCircle aria-label="Loading this moment" role="img" size={12} className="animate-spin text-faint" />}
        {replay.error ? (
          <BareButton className="text-failed underline" title={replay.error.message} onClick={replay.retry}>
            This moment could not be loaded. Try again
          </BareButton>
        ) : (
          <Position seq={seq} lastSeq={lastSeq} elapsedMs={elapsedMs} isPast={isPast} />
        )}
      </span>
      {isPast && <BackButton control={control} />}
    </section>
  );
}

function positionWords(seq: number, lastSeq: number, elapsedMs: number | null): string {
  const place = `event ${seq.toLocaleString("en")} of ${lastSeq.toLocaleString("en")}`;
  if (elapsedMs === null) return place;
  return `${place}, ${elapsedMs === 0 ? "at the start" : `${formatDuration(elapsedMs)} in`}`;
}

type PositionProps = { readonly seq: number; readonly lastSeq: number; readonly elapsedMs: number | null; readonly isPast: boolean };

function Position({ seq, lastSeq, elapsedMs, isPast }: PositionProps) {
  if (!isPast)
    return (
      <span className="text-faint">
        {lastSeq.toLocaleString("en")} {lastSeq === 1 ? "event" : "events"}
      </span>
    );
  return (
    <>
      <span className="text-ink">
        <span className="hidden text-muted @[40rem]/run:inline">as of event </span>
        {seq.toLocaleString("en")}
      </span>
      <span className="text-faint">/ {lastSeq.toLocaleString("en")}</span>
      {elapsedMs !== null && <span className="min-w-14 text-right">{elapsedMs === 0 ? "start" : formatDuration(elapsedMs)}</span>}
    </>
  );
}

function PlayButton({ control }: { readonly control: ReplayControl }) {
  const { isPlaying } = control.play;
  if (isPlaying || (control.at === null && control.isRunning)) {
    return (
      <IconButton label={isPlaying ? "Pause replay" : "Hold this moment"} keys="h" onClick={control.toggle}>
        <Pause size={15} />
      </IconButton>
    );
  }
  return (
    <IconButton label={control.at === null ? "Play from the start" : "Play from here"} keys="h" onClick={control.toggle}>
      <Play size={15} />
    </IconButton>
  );
}

function SpeedButton({ speed, onSpeed }: { readonly speed: Speed; readonly onSpeed: (speed: Speed) => void }) {
  const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
  return (
    <Tooltip text={`Replay speed, by the events' own times. Silences over ${longestGapMs / 1_000} s are shortened. Press for ${next}×.`}>
      <Button
        size="small"
        look="quiet"
        className="figures w-9 px-0 pointer-coarse:w-10"
        aria-label={`Replay speed ${speed}×`}
        onClick={() => onSpeed(next)}
      >
        {speed}×
      </Button>
    </Tooltip>
  );
}

function BackButton({ control }: { readonly control: ReplayControl }) {
  const { isRunning, missed } = control;
  const Icon = isRunning ? Radio : SkipForward;
  return (
    <Tooltip text={isRunning ? "The run as it is now" : "The run as it ended"} keys="f">
      <Button size="small" className="figures order-4 sm:order-none" onClick={() => control.seek(null)}>
        <Icon aria-hidden size={13} />
        {isRunning ? "Back to live" : "Back to the end"}
        {missed > 0 && ` (+${missed.toLocaleString("en")})`}
      </Button>
    </Tooltip>
  );
}
