"use client";
import { Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/figures";
import { IconButton } from "@/components/ui/icon-button";
import { LookText } from "@/components/ui/look-text";
import { SafeText } from "@/components/ui/safe-text";
import type { SourceStream } from "@/lib/core/api/source";
import { formatDuration } from "@/lib/core/format/format-duration";
import { streamLooks } from "./source-look";

type StreamListProps = {
  readonly streams: readonly SourceStream[];
  readonly onChange: (stream: string, state: "following" | "paused") => void;
  readonly onForget: (stream: string) => void;
};

/** What of a source is followed, how it goes, and how far behind it is. */
export function StreamList({ streams, onChange, onForget }: StreamListProps) {
  if (streams.length === 0) return null;
  return (
    <ul aria-label="Streams" className="divide-y border-t">
      {streams.map((stream) => (
        <li key={stream.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
          <LookText look={streamLooks[stream.state]} className="w-32" />
          <span className="min-w-40 flex-1 truncate font-code" title={stream.url}>
            <SafeText text={stream.url} />
          </span>
          <Figures stream={stream} />
          <span className="flex items-center gap-1">
            <Steer stream={stream} onChange={onChange} />
            <IconButton label="Remove this stream; its events stay" small onClick={() => onForget(stream.id)}>
              <Trash2 size={13} />
            </IconButton>
          </span>
          {stream.error && (
            <p className="w-full break-words text-meta text-muted">
              <SafeText text={stream.error} />
              {stream.nextTryAt && (
                <span className="ml-2 text-faint">
                  next try <RelativeTime at={stream.nextTryAt} />
                </span>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Figures({ stream }: { readonly stream: SourceStream }) {
  const { events, duplicates, lagMs, lastEventAt } = stream;
  return (
    <span className="figures flex gap-x-3 text-meta text-muted">
      <span title={duplicates > 0 ? `${duplicates.toLocaleString("en")} duplicates dropped` : undefined}>
        {events.toLocaleString("en")} {events === 1 ? "event" : "events"}
      </span>
      {lagMs !== null && <span title="from the sender's time of the latest event to its arrival">lag {formatDuration(lagMs)}</span>}
      <RelativeTime at={lastEventAt} missing="nothing yet" />
    </span>
  );
}

function Steer({ stream, onChange }: { readonly stream: SourceStream; readonly onChange: StreamListProps["onChange"] }) {
  if (stream.state === "paused" || stream.state === "failed" || stream.state === "ended") {
    // A stream that was opened by a POST would run its agent again.
    if (stream.posted) return null;
    return (
      <Button size="small" once onClick={() => onChange(stream.id, "following")}>
        {stream.state === "paused" ? "Follow again" : "Try again"}
      </Button>
    );
  }
  return (
    <Button size="small" once onClick={() => onChange(stream.id, "paused")}>
      Pause
    </Button>
  );
}
