import type { JsonObject } from "@/lib/core/json";
import type { Door, DoorOptions } from "./door";
import { wrap } from "./envelopes";
import type { Random } from "./random";
import { bigRun } from "./scenarios/big-run";

const batchSize = 1_000;

/** Posts one run of `events` events as fast as the server takes them, dated so that it ended a moment ago. */
export async function sendBigRun(
  floor: DoorOptions & { readonly door: Door },
  run: { readonly events: number; readonly random: Random },
): Promise<void> {
  const runId = `wf-${run.random.uuid()}`;
  const lengthMs = lastMoment(run.random, run.events);
  const startMs = Date.now() - lengthMs;
  const startedAt = performance.now();
  let number = 0;
  const batch: JsonObject[] = [];
  const flush = async () => {
    if (batch.length > 0) await floor.door.post("/api/ingest/shannon", batch.splice(0));
  };
  for (const { atMs, event } of bigRun(run.random.fork("big"), run.events)) {
    if (floor.signal.aborted) return;
    number += 1;
    batch.push(wrap("shannon", event, { runId, number, atMs: startMs + atMs, random: run.random }).body);
    if (batch.length >= batchSize) await flush();
  }
  await flush();
  const seconds = (performance.now() - startedAt) / 1_000;
  floor.say(`${number} events in ${seconds.toFixed(1)} s (${Math.round(number / seconds)}/s): ${floor.connection.url}/runs/${runId}`);
}

/** The run is drawn from a seed: drawing it twice gives its length without holding it in memory. */
function lastMoment(random: Random, events: number): number {
  let last = 0;
  for (const { atMs } of bigRun(random.fork("big"), events)) last = atMs;
  return last;
}
