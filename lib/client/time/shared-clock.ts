/**
 * One ticking clock per interval for the whole page: figures that tick share it, so that a list never re-renders for time.
 * Times are the server's, epoch milliseconds, as far as the stream has told the difference.
 */
type Ticker = { readonly listeners: Set<() => void>; nowMs: number; timer: ReturnType<typeof setInterval> | null };

const tickers = new Map<number, Ticker>();
let serverAheadMs = 0;

export function setServerAheadMs(aheadMs: number): void {
  serverAheadMs = aheadMs;
}

export function serverNowMs(): number {
  return Date.now() + serverAheadMs;
}

export function tickerNow(intervalMs: number): number {
  return tickerOf(intervalMs).nowMs;
}

export function onTick(intervalMs: number, listener: () => void): () => void {
  const ticker = tickerOf(intervalMs);
  ticker.listeners.add(listener);
  ticker.timer ??= setInterval(() => {
    ticker.nowMs = serverNowMs();
    for (const each of ticker.listeners) each();
  }, intervalMs);
  return () => {
    ticker.listeners.delete(listener);
    if (ticker.listeners.size > 0 || ticker.timer === null) return;
    clearInterval(ticker.timer);
    ticker.timer = null;
  };
}

function tickerOf(intervalMs: number): Ticker {
  let ticker = tickers.get(intervalMs);
  if (!ticker) {
    ticker = { listeners: new Set(), nowMs: serverNowMs(), timer: null };
    tickers.set(intervalMs, ticker);
  }
  if (ticker.timer === null && ticker.listeners.size === 0) {
    const now = serverNowMs();
    if (now - ticker.nowMs >= intervalMs) ticker.nowMs = now;
  }
  return ticker;
}
