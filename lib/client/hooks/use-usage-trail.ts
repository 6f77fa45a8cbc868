import { useCallback, useEffect, useSyncExternalStore } from "react";
import { openRunStore } from "../runs/run-store";
import type { UsageTrailView } from "../runs/usage-trail";

export type { UsageTrailView } from "../runs/usage-trail";

const none: UsageTrailView = { samples: [], readShare: 0 };

/** What an open run had used over time, read from its log once it is looked at and continued live. */
export function useUsageTrail(runId: string): UsageTrailView {
  const subscribe = useCallback((listener: () => void) => openRunStore(runId)?.usage.subscribe(listener) ?? (() => {}), [runId]);
  const trail = useSyncExternalStore(
    subscribe,
    () => openRunStore(runId)?.usage.view() ?? none,
    () => none,
  );
  useEffect(() => {
    const store = openRunStore(runId);
    void store?.usage.read(store.getSnapshot().state.lifecycle.lastSeq);
  }, [runId]);
  return trail;
}
