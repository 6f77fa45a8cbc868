import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import { ensurePartitions } from "@/db/partitions";
import type { KeyCache } from "../keys/key-cache";
import { applyRetention } from "../retention/apply-retention";

const hourMs = 3_600_000;
const keyUseMs = 10_000;

type Options = { readonly pool: Pool; readonly keys: KeyCache; readonly log: Logger; readonly now: () => number };

/** Partitions ahead of time, retention, and the keys' last use. Safe in many processes. Returns the call that stops it. */
export function startUpkeep({ pool, keys, log, now }: Options): () => void {
  const hourly = async () => {
    await ensurePartitions(pool, now());
    const removed = await applyRetention(pool, now());
    if (removed.partitions.length > 0) log.info(removed, "retention");
  };
  const state = { stopped: false };
  const failed = (error: unknown) => {
    // Whoever stops in the middle of it ends its connections.
    if (!state.stopped) log.warn({ err: error }, "upkeep failed, it is tried again");
  };
  const timers = [setInterval(() => void hourly().catch(failed), hourMs), setInterval(() => void keys.writeUsed().catch(failed), keyUseMs)];
  void hourly().catch(failed);
  return () => {
    state.stopped = true;
    for (const timer of timers) clearInterval(timer);
  };
}
