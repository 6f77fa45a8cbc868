declare global {
  interface Window {
    /** When rows of a run's view were first on the screen, since the start of the navigation. */
    watchfloorRowsShownMs?: number;
  }
}

// What stands here runs in the page: each function must be complete in itself.

/** Notes in which frame the first rows are there. */
export function recordRowsShown(): void {
  const look = () => {
    if (
      document.querySelectorAll('[role="treegrid"] [role="rowgroup"] [role="row"], [role="grid"] [role="rowgroup"] [role="row"]').length < 5
    ) {
      requestAnimationFrame(look);
      return;
    }
    // One more frame: the rows have then been painted.
    requestAnimationFrame(() => {
      window.watchfloorRowsShownMs = performance.now();
    });
  };
  requestAnimationFrame(look);
}

export function readRowsShown(): Promise<number> {
  return new Promise((resolve, reject) => {
    const deadline = performance.now() + 60_000;
    const look = () => {
      if (window.watchfloorRowsShownMs !== undefined) resolve(window.watchfloorRowsShownMs);
      else if (performance.now() > deadline) reject(new Error(`no rows after a minute: ${document.body.innerText.slice(0, 300)}`));
      else setTimeout(look, 20);
    };
    look();
  });
}

/** Scrolls the view down and up for a while; answers the time between each two frames. */
export function readFrames(durationMs: number): Promise<number[]> {
  const scroller = document.querySelector('[role="treegrid"] [role="rowgroup"], [role="grid"] [role="rowgroup"]');
  if (!scroller) throw new Error("there is nothing to scroll");
  return new Promise((resolve) => {
    const frames: number[] = [];
    const from = performance.now();
    let before = from;
    let step = -90;
    const frame = (nowMs: number) => {
      if (frames.length > 0 || nowMs > from) frames.push(nowMs - before);
      before = nowMs;
      const atEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1;
      if (scroller.scrollTop <= 0) step = 90;
      else if (atEnd) step = -90;
      scroller.scrollTop += step;
      if (nowMs - from > durationMs) resolve(frames.slice(1));
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
