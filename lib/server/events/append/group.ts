import type { Batch } from "./commit";
import type { NewEvent, SourceRef } from "./request";
import { runKey } from "./run-cache";

/** The events of one run in one batch, in order of arrival, each with its place in its request. */
export type Group = {
  readonly key: string;
  readonly source: SourceRef;
  readonly externalId: string;
  readonly kind: "run" | "activity";
  readonly events: NewEvent[];
  readonly places: (readonly [request: number, event: number])[];
};

export function groupByRun(batch: Batch): Group[] {
  const groups = new Map<string, Group>();
  for (const [requestIndex, request] of batch.requests.entries()) {
    for (const [eventIndex, event] of request.events.entries()) {
      const key = runKey(request.source.id, event.run.externalId);
      let group = groups.get(key);
      if (!group) {
        group = { key, source: request.source, externalId: event.run.externalId, kind: event.run.kind, events: [], places: [] };
        groups.set(key, group);
      }
      group.events.push(event);
      group.places.push([requestIndex, eventIndex]);
    }
  }
  return [...groups.values()];
}
