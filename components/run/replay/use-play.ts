import { useEffect, useRef, useState } from "react";
import type { Replay } from "@/lib/client/hooks/use-replay";
import { advance } from "./advance";

export const speeds = [1, 4, 16] as const;
export type Speed = (typeof speeds)[number];

type Playing = {
  readonly at: number | null;
  readonly lastSeq: number;
  readonly replay: Pick<Replay, "timeOf" | "readAhead" | "isLoading">;
  readonly onSeek: (seq: number | null) => void;
};

/** A frame that took longer (a sleeping tab) does not make the play jump. */
const longestFrameMs = 250;
const readAheadEvery = 100;

/** Moves the position on by the events' own times, at the chosen speed; at the end it goes back to now. */
export function usePlay(playing: Playing) {
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const latest = useRef({ ...playing, speed });
  useEffect(() => {
    latest.current = { ...playing, speed };
  });
  useEffect(() => {
    if (!isPlaying) return;
    let before = performance.now();
    let leftMs = 0;
    let askedAt = Number.NEGATIVE_INFINITY;
    let frame = requestAnimationFrame(function play(now) {
      frame = requestAnimationFrame(play);
      const elapsedMs = Math.min(longestFrameMs, now - before);
      before = now;
      const { at, lastSeq, replay, onSeek, speed: times } = latest.current;
      if (at === null || replay.isLoading) return;
      const played = advance({ at, budgetMs: leftMs + elapsedMs * times }, { lastSeq, timeOf: replay.timeOf });
      leftMs = played.leftMs;
      if (played.isStarved || Math.abs(played.at - askedAt) >= readAheadEvery) {
        askedAt = played.at;
        replay.readAhead(played.at);
      }
      if (played.at >= lastSeq) {
        setPlaying(false);
        onSeek(null);
      } else if (played.at !== at) onSeek(played.at);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying]);
  return { isPlaying, setPlaying, speed, setSpeed };
}
