import type { AlertNews } from "@/lib/core/alerts/alert";
import type { ApiEvent } from "@/lib/core/api/event";
import type { RunSummary } from "@/lib/core/api/run";

/** One frame of the project's feed: a run that changed, as it now is. */
export type FeedFrame = { readonly feedSeq: number; readonly run: RunSummary; readonly firstSeq: number; readonly lastSeq: number };

/** How the one connection to the server is doing. Times are the browser's clock, epoch milliseconds. */
export type Connection =
  | { readonly status: "connecting" }
  | {
      readonly status: "live";
      /** From the server's commit to here, for the latest event of an open run; null = none measured yet. */
      readonly lagMs: number | null;
      /** Events known to exist that are still being read to close a gap. */
      readonly buffered: number;
      /** Server's clock minus the browser's. */
      readonly serverAheadMs: number;
    }
  | { readonly status: "reconnecting"; readonly retryAtMs: number; readonly reason: string }
  | { readonly status: "disconnected"; readonly reason: "signed-out" | "stopped" };

/** All that a tab follows: runs by the last seq that it has, and alerts by the log entry up to which it knows them, null = from now on. */
export type Watch = { readonly runs: { readonly [runId: string]: number }; readonly alerts: number | null };

/** From a tab to the owner. `watch` says everything that the tab follows: it also joins, and shows that the tab is alive. */
export type TabMessage =
  | ({ readonly type: "watch"; readonly lock: string | null } & Watch)
  | { readonly type: "retry" }
  | { readonly type: "leave" };

/** From the owner to a tab. */
export type OwnerMessage =
  | { readonly type: "connection"; readonly connection: Connection }
  | { readonly type: "feed"; readonly frames: readonly FeedFrame[] }
  /** Lists read before this moment may have missed something. */
  | { readonly type: "feed-started" }
  /** How alerts stand, and what happened to them. */
  | { readonly type: "alerts"; readonly news: AlertNews }
  /** Whether this tab is the one that shows desktop notifications for all. */
  | { readonly type: "speaker"; readonly speaks: boolean }
  | { readonly type: "events"; readonly runId: string; readonly events: readonly ApiEvent[] }
  /** The run's cursor is void: read its state again and watch it anew. */
  | { readonly type: "reset"; readonly runId: string; readonly reason: string };

/** A tab that says nothing for this long is taken for gone. Longer than the minute to which browsers slow hidden tabs. */
export const tabSilenceMs = 180_000;
export const tabHeartbeatMs = 20_000;
