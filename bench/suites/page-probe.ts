declare global {
  interface Window {
    /** When rows of a run's view were first on the screen, since the start of the navigation. */
    watchfloorRowsShownMs?: number;
    /** The tasks longer than 50 ms: when they began and how long they took. */
    watchfloorLongTasks?: { startMs: number; ms: number }[];
    /** Milliseconds from each interaction to the next paint, by the browser's number for it. */
    watchfloorInteractions?: Map<number, number>;
  }
}

// What stands here runs in the page: each function must be complete in itself.

/** Notes in which frame the first rows are there, and all long tasks. */
export function recordRowsShown(): void {
  const longTasks: { startMs: number; ms: number }[] = [];
  window.watchfloorLongTasks = longTasks;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longTasks.push({ startMs: entry.startTime, ms: entry.duration });
  }).observe({ type: "longtask", buffered: true });
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

/** Goes to so many positions all over the run, one after the other; answers how long each took to be shown. */
export async function readJumps(jumps: number): Promise<number[]> {
  const slider = document.querySelector('[role="slider"][aria-label="Position in the run"]');
  const replay = slider?.closest("section");
  if (!slider || !replay) throw new Error("there is no scrubber");
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  // No browser lets a made-up pointer be captured.
  slider.setPointerCapture = () => {};
  const taken: number[] = [];
  for (let jump = 0; jump < jumps; jump++) {
    // Multiples of the golden section are spread evenly and jump to and fro.
    const place = ((jump + 1) * 0.618034) % 1;
    const box = slider.getBoundingClientRect();
    const at = { bubbles: true, button: 0, pointerId: 1, clientX: box.left + box.width * (0.01 + place * 0.97), clientY: box.top + 4 };
    const from = performance.now();
    const before = replay.dataset.shownEvent;
    slider.dispatchEvent(new PointerEvent("pointermove", at));
    slider.dispatchEvent(new PointerEvent("pointerdown", at));
    slider.dispatchEvent(new PointerEvent("pointerup", at));
    while (replay.dataset.shownEvent === before || replay.dataset.shownEvent !== slider.getAttribute("aria-valuenow")) {
      if (performance.now() - from > 30_000) throw new Error(`a position did not show: ${document.body.innerText.slice(0, 300)}`);
      await frame();
    }
    await frame();
    taken.push(performance.now() - from);
  }
  return taken;
}

/** The longest task that began after rows were shown, in milliseconds; 0 = none was longer than 50. */
export function readLongestTask(): number {
  const shownMs = window.watchfloorRowsShownMs ?? 0;
  return Math.max(0, ...(window.watchfloorLongTasks ?? []).flatMap(({ startMs, ms }) => (startMs > shownMs ? [ms] : [])));
}

/** Notes how long each interaction took to be painted. */
export function recordInteractions(): void {
  const delays = new Map<number, number>();
  window.watchfloorInteractions = delays;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[]) {
      if (entry.interactionId) delays.set(entry.interactionId, Math.max(entry.duration, delays.get(entry.interactionId) ?? 0));
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
}

export function readInteractions(sinceMs: number): { delays: number[]; longestTaskMs: number } {
  const late = (window.watchfloorLongTasks ?? []).filter(({ startMs }) => startMs >= sinceMs).map(({ ms }) => ms);
  return { delays: [...(window.watchfloorInteractions ?? [])].map(([, ms]) => ms), longestTaskMs: Math.max(0, ...late) };
}
