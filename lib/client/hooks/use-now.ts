import { createContext, useCallback, useContext, useSyncExternalStore } from "react";
import { onTick, serverNowMs, tickerNow } from "../time/shared-clock";

/** The server's time when it rendered the page, so that the first paint and the hydration agree. */
export const RenderedAt = createContext(0);

/** When the server rendered the page, epoch milliseconds: the same in the first paint and in the browser. */
export function useRenderedAt(): number {
  return useContext(RenderedAt);
}

/** The server's time, epoch milliseconds, renewed every `intervalMs` by a clock that the whole page shares. `null` = does not tick. */
export function useNow(intervalMs: number | null): number {
  const renderedAtMs = useContext(RenderedAt);
  const subscribe = useCallback((listener: () => void) => (intervalMs === null ? () => {} : onTick(intervalMs, listener)), [intervalMs]);
  return useSyncExternalStore(
    subscribe,
    () => tickerNow(intervalMs ?? 60_000),
    () => renderedAtMs,
  );
}

/** The server's time at this moment, for what a press begins. */
export function serverNow(): number {
  return serverNowMs();
}
