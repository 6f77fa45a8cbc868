/** Time as the stream's owner sees it, so that tests turn the hands themselves. */
export type Clock = {
  readonly now: () => number;
  /** Runs `action` once after `delayMs`; gives its cancellation. */
  readonly after: (delayMs: number, action: () => void) => () => void;
};

export const realClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};
