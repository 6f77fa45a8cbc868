import { useEffect, useRef, useState } from "react";
import type { Replay } from "@/lib/client/hooks/use-replay";
import { PlayLoop } from "./play-loop";

export const speeds = [1, 4, 16] as const;
export type Speed = (typeof speeds)[number];

type Playing = {
  readonly at: number | null;
  readonly lastSeq: number;
  readonly replay: Pick<Replay, "timeOf" | "readAhead" | "isLoading">;
  readonly onSeek: (seq: number | null) => void;
};

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
    const loop = new PlayLoop(performance.now());
    let frame = requestAnimationFrame(function play(now) {
      frame = requestAnimationFrame(play);
      const { at, lastSeq, replay, onSeek, speed: times } = latest.current;
      const asked = loop.frame(now, { at, lastSeq, isLoading: replay.isLoading, speed: times, timeOf: replay.timeOf });
      if (asked.readAhead !== undefined) replay.readAhead(asked.readAhead);
      if (asked.seek === null) setPlaying(false);
      if (asked.seek !== undefined) onSeek(asked.seek);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying]);
  return { isPlaying, setPlaying, speed, setSpeed };
}
