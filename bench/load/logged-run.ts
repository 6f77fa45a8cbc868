import type { LoggedEvent } from "@/lib/core/events/logged";
import type { JsonObject } from "@/lib/core/json";
import { adapters } from "@/lib/dialects/registry";
import { ShannonRun } from "./shannon-run";

/** One run's log as JSON text, as its sender would send it. */
export function rawLog(runId: string, events: number, startMs: number): string[] {
  const run = new ShannonRun(runId, startMs);
  return Array.from({ length: events }, () => run.next());
}

/** The same log as the fold reads it. */
export function loggedRun(raw: readonly string[], startMs: number): LoggedEvent[] {
  return raw.map((text, index) => {
    const body = JSON.parse(text) as JsonObject;
    const source = { dialect: "shannon" as const, type: String(body.type), id: String(body.stream_id) };
    return { ...adapters.shannon.decode({ body }), seq: index + 1, receivedAtMs: startMs + index * 40 + 5, source };
  });
}
