/** What a reader does to go on. */
const acts = ["wheel", "touchstart", "pointerdown", "keydown"] as const;

/** Calls once, before the page itself hears of the reader's next act. What it returns takes that back. */
export function onNextAct(then: () => void): () => void {
  const heard = new AbortController();
  const hear = () => {
    heard.abort();
    then();
  };
  for (const act of acts) addEventListener(act, hear, { passive: true, capture: true, signal: heard.signal });
  return () => heard.abort();
}
