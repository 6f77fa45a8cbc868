import { ArrowDownToLine } from "lucide-react";
import { Button } from "@/components/ui/button";
import { LiveBadge } from "@/components/ui/live-badge";
import { Tooltip } from "@/components/ui/tooltip";
import type { Connection } from "@/lib/client/hooks/use-connection";

export type FollowButtonProps = {
  readonly connection: Connection;
  readonly follow: boolean;
  /** Events that came since the reader let go. */
  readonly missed: number;
  readonly onFollow: (follow: boolean) => void;
};

/** Whether the page keeps up with the run; the way back when the reader has scrolled away. */
export function FollowButton({ connection, follow, missed, onFollow }: FollowButtonProps) {
  if (connection.status === "reconnecting" || connection.status === "disconnected") return <LiveBadge connection={connection} />;
  if (follow) {
    return (
      <Tooltip text="Following the latest. Scroll up to stop." keys="f">
        <Button size="small" look="quiet" aria-pressed onClick={() => onFollow(false)} className="text-succeeded hover:text-succeeded">
          <span aria-hidden className="size-2 animate-pulse-soft rounded-full bg-succeeded" />
          Live
        </Button>
      </Tooltip>
    );
  }
  return (
    <Tooltip text="Go to the latest and follow" keys="f">
      <Button size="small" aria-pressed={false} onClick={() => onFollow(true)} className="figures">
        <ArrowDownToLine aria-hidden size={13} />
        Back to live{missed > 0 && ` (+${missed.toLocaleString("en")})`}
      </Button>
    </Tooltip>
  );
}
