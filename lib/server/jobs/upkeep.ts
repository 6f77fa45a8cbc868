import type { Logger } from "pino";
import type { Pool } from "@/db/client";
import { ensurePartitions } from "@/db/partitions";
import { closeLeftEntries } from "../audit/close-left-entries";
import type { KeyCache } from "../keys/key-cache";
import { applyRetention } from "../retention/apply-retention";
import { noteSilent } from "../runs/note-silent";
import type { Environments } from "../sources/environments";
import { failLeftTests } from "../webhooks/fail-left-tests";
import { boundWaits } from "./bound-waits";

const hourMs = 3_600_000;
const minuteMs = 60_000;
const silentMs = 10_000;
const keyUseMs = 10_000;
const environmentsMs = 5_000;

type Options = {
  readonly pool: Pool;
  readonly keys: KeyCache;
  readonly environments: Environments;
  readonly log: Logger;
  readonly now: () => number;
  readonly retentionDays: number;
};

/**
 * Creates partitions ahead of time, applies retention, closes abandoned audit entries and webhook tests, bounds excessive waits, marks
 * silent runs, records the keys' last use, and picks up what other processes reported about sources. Safe in many processes. Returns a
 * function that stops it.
 */
export function startUpkeep({ pool, keys, environments, log, now, retentionDays }: Options): () => void {
  const days = () => ensurePartitions(pool, now());
  const retention = async () => {
    const removed = await applyRetention(pool, now(), retentionDays);
    if (removed.partitions.length > 0) log.info(removed, "retention");
  };
  const state = { stopped: false };
  const failed = (error: unknown) => {
    // Stopping midway ends the connections.
    if (!state.stopped) log.warn({ err: error }, "upkeep failed, it will be retried");
  };
  const waits = () => boundWaits(pool, now());
  const every = (ms: number, job: () => Promise<unknown>) => setInterval(() => void job().catch(failed), ms);
  const timers = [
    every(hourMs, days),
    every(hourMs, retention),
    every(minuteMs, closeLeftEntries),
    every(minuteMs, waits),
    every(minuteMs, () => failLeftTests(pool, now())),
    every(silentMs, () => noteSilent(pool, now())),
    every(keyUseMs, () => keys.writeUsed()),
    every(environmentsMs, () => environments.renew()),
  ];
  for (const job of [days, retention, waits]) void job().catch(failed);
  return () => {
    state.stopped = true;
    for (const timer of timers) clearInterval(timer);
  };
}
