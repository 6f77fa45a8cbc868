import type { Pool } from "@/db/client";
import type { Replay } from "@/lib/core/webhooks/replay";
import { iso, isoOrNull } from "../iso";
import { publicId } from "../webhooks/public-id";

export type ReplayRow = {
  readonly id: string;
  readonly url: string;
  readonly types: string[];
  readonly since_ms: string | null;
  readonly until_ms: string | null;
  readonly speed: number | null;
  readonly status: Replay["status"];
  readonly total: number;
  readonly delivered: number;
  readonly error: string | null;
  readonly created_at_ms: string;
  readonly ended_at_ms: string | null;
};

/** Select list for `replays`. */
export function replayColumns(pool: Pool) {
  return pool`id, url, types, since_ms, until_ms, speed, status, total, delivered, error, created_at_ms, ended_at_ms`;
}

export function shownReplay(row: ReplayRow): Replay {
  return {
    id: publicId("replay", row.id),
    status: row.status,
    delivered: row.delivered,
    total: row.total,
    webhook_url: row.url,
    types: row.types,
    since: isoOrNull(row.since_ms),
    until: isoOrNull(row.until_ms),
    speed: row.speed,
    error: row.error,
    created_at: iso(row.created_at_ms),
    ended_at: isoOrNull(row.ended_at_ms),
  };
}
