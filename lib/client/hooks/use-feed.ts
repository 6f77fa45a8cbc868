import { useEffect, useRef } from "react";
import type { FeedFrame } from "../stream/protocol";
import { type FeedListener, streamClient } from "../stream/stream-client";

/** Hears the project's feed, once per animation frame. `onStart`: what was read before may have missed something. */
export function useFeed(listener: FeedListener): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(
    () =>
      streamClient().followFeed({
        onFrames: (frames: readonly FeedFrame[]) => latest.current.onFrames(frames),
        onStart: () => latest.current.onStart(),
      }),
    [],
  );
}
