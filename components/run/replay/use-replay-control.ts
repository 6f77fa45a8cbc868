import { useState } from "react";
import { statusLooks } from "@/components/ui/status";
import { type Replay, useReplay } from "@/lib/client/hooks/use-replay";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import type { RunSummary } from "@/lib/core/api/run";
import { heldSpans } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import { isTerminal } from "@/lib/core/run/status";
import type { Span } from "@/lib/core/run/timeline-state";
import { nextStep, previousStep } from "./steps";
import { usePlay } from "./use-play";

type Live = { readonly run: RunSummary; readonly state: RunState };

export type ReplayControl = {
  /** As in the URL; null = now. */
  readonly at: number | null;
  /** The position to draw. */
  readonly seq: number;
  readonly lastSeq: number;
  /** The run goes on, whatever moment of it is shown. */
  readonly isRunning: boolean;
  /** Events that came since the reader left the present. */
  readonly missed: number;
  /** The page was opened at a position that is not here yet. */
  readonly isAwaited: boolean;
  readonly elapsedMs: number | null;
  readonly statusWord: string;
  /** The run's spans as they are now. */
  readonly spans: readonly Span[];
  readonly marksVersion: string;
  readonly replay: Replay;
  readonly play: ReturnType<typeof usePlay>;
  readonly seek: (seq: number | null) => void;
  readonly step: (by: -1 | 1) => void;
  readonly toggle: () => void;
};

/** Where in the run the page stands, and everything that moves it. `asked` is the URL's position. */
export function useReplayControl(live: Live, asked: number | null, onSeek: (seq: number | null) => void): ReplayControl {
  const lastSeq = live.state.lifecycle.lastSeq;
  const at = asked === null || lastSeq === 0 ? null : Math.min(lastSeq, Math.max(1, asked));
  const replay = useReplay(live, at);
  const missed = useMissed(lastSeq, at !== null);
  const isAwaited = useAwaited(at !== null && replay.shown === null && replay.error === null);
  const isRunning = !isTerminal(live.run.status);
  const seq = at ?? lastSeq;
  const play = usePlay({ at, lastSeq, replay, onSeek });
  const spans = heldSpans(live.state.timeline);
  const seek = (to: number | null) => {
    play.setPlaying(false);
    onSeek(to);
  };
  const step = (by: -1 | 1) => seek(by < 0 ? (previousStep(spans, seq) ?? 1) : nextStep(spans, seq));
  const toggle = () => {
    if (play.isPlaying) return play.setPlaying(false);
    if (at === null && isRunning) return onSeek(lastSeq);
    if (at === null) onSeek(1);
    play.setPlaying(true);
  };
  // Not `p`: that asks the agent to pause, and a play that reaches the present is back where it would.
  useShortcuts("Replay", [
    { keys: "[", label: "Previous step", run: () => step(-1) },
    { keys: "]", label: "Next step", run: () => at !== null && step(1) },
    { keys: "h", label: "Play, or hold this moment", run: toggle },
  ]);
  const { lifecycle, status } = replay.shown
    ? { lifecycle: replay.shown.state.lifecycle, status: replay.shown.run.status }
    : { lifecycle: live.state.lifecycle, status: live.run.status };
  return {
    ...{ at, seq, lastSeq, isRunning, isAwaited, missed, spans, replay, play, seek, step, toggle },
    marksVersion: `${live.run.errors} ${live.state.approvals.pending}`,
    elapsedMs: lifecycle.startedAtMs === null ? null : Math.max(0, (lifecycle.lastEventAtMs ?? 0) - lifecycle.startedAtMs),
    statusWord: statusLooks[status].word,
  };
}

function useMissed(lastSeq: number, isPast: boolean): number {
  const [leftAt, setLeftAt] = useState<number | null>(isPast ? lastSeq : null);
  if (isPast && leftAt === null) setLeftAt(lastSeq);
  if (!isPast && leftAt !== null) setLeftAt(null);
  return leftAt === null ? 0 : Math.max(0, lastSeq - leftAt);
}

/** True from the first render on for as long as there is nothing to show; never again after that. */
function useAwaited(isMissing: boolean): boolean {
  const [awaited, setAwaited] = useState(isMissing);
  if (awaited && !isMissing) setAwaited(false);
  return awaited && isMissing;
}
