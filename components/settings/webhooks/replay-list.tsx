"use client";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/figures";
import { LookText } from "@/components/ui/look-text";
import { SafeText } from "@/components/ui/safe-text";
import type { Replay } from "@/lib/client/hooks/use-replays";
import { replayLooks } from "./delivery-look";

type ReplayListProps = {
  readonly replays: readonly Replay[];
  readonly cancelling: string | null;
  readonly onCancel: (id: string) => void;
};

/** The newest replays and how far each is. */
export function ReplayList({ replays, cancelling, onCancel }: ReplayListProps) {
  if (replays.length === 0) return null;
  return (
    <ul aria-label="Replays" className="mt-3 divide-y rounded-box border bg-panel">
      {replays.map((replay) => (
        <li key={replay.id} className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-3 py-2">
          <LookText look={replayLooks[replay.status]} className="w-24" />
          <span className="min-w-40 flex-1 truncate font-code" title={replay.webhook_url}>
            <SafeText text={replay.webhook_url} />
          </span>
          <Progress replay={replay} />
          <RelativeTime at={replay.created_at} className="w-20 text-right text-meta text-muted" />
          {replay.status === "running" && (
            <Button size="small" look="danger" disabled={cancelling === replay.id} onClick={() => onCancel(replay.id)}>
              {cancelling === replay.id ? "Cancelling" : "Cancel"}
            </Button>
          )}
          {replay.error && (
            <p className="w-full text-meta text-muted">
              {replay.status === "running" ? "Retrying after: " : "Stopped at: "}
              <SafeText text={replay.error} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Progress({ replay }: { readonly replay: Replay }) {
  const { delivered, total } = replay;
  return (
    <span className="flex items-center gap-2">
      <span
        role="progressbar"
        aria-label={`Replay to ${replay.webhook_url}`}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={delivered}
        className="h-1.5 w-28 overflow-hidden rounded-full bg-line"
      >
        <span
          className={`block h-full rounded-full bg-current ${replayLooks[replay.status].tone}`}
          style={{ width: `${total === 0 ? 100 : (delivered / total) * 100}%` }}
        />
      </span>
      <span className="figures text-muted">
        {delivered.toLocaleString("en")} / {total.toLocaleString("en")}
      </span>
    </span>
  );
}
