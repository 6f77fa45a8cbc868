import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromApiEvent, toApiEvent } from "@/lib/core/api/convert";
import type { LoggedEvent } from "@/lib/core/events/logged";
import { emptyRun, fold } from "@/lib/core/run/fold";
import { log } from "@/lib/core/run/testing/log";
import { eventLog } from "@/lib/core/run/testing/logged-event.arbitrary";
import { UsageTrail } from "./usage-trail";

const trailOf = (events: readonly LoggedEvent[]) =>
  new UsageTrail(async ({ from, limit }) => ({
    events: events
      .filter(({ seq }) => seq >= from)
      .slice(0, limit)
      .map((event) => toApiEvent(event)),
    lastSeq: events.at(-1)?.seq ?? 0,
    readUpTo: events.at(-1)?.seq ?? 0,
  }));

describe("usage over time", () => {
  it("is at every sample what the fold says of the run as of that event", async () => {
    await fc.assert(
      fc.asyncProperty(eventLog(50), async (drawn) => {
        const events = drawn.map((event) => fromApiEvent(toApiEvent(event)));
        const trail = trailOf(events);
        trail.subscribe(() => {});
        await trail.read(events.length);
        expect(trail.view().samples).toHaveLength(events.length);
        for (const { seq, usage } of trail.view().samples) expect(usage).toEqual(fold(emptyRun(), events.slice(0, seq)).usage);
      }),
      { numRuns: 50 },
    );
  });

  it("stays at a few hundred samples however long the run, and goes on with live states", async () => {
    const events = log(
      ...Array.from({ length: 5_000 }, () => ({ type: "model.completed" as const, usage: { scope: "call" as const, total: 1 } })),
    );
    const trail = trailOf(events);
    expect(trail.view()).toEqual({ samples: [], readShare: 0 });
    trail.subscribe(() => {});
    await trail.read(4_000);
    expect(trail.view().readShare).toBe(1);
    const live = fold(emptyRun(), events);
    trail.take(live);
    expect(trail.view().samples.length).toBeLessThanOrEqual(401);
    expect(trail.view().samples.at(-1)).toMatchObject({ seq: 5_000, usage: { calls: { total: 5_000 } } });
  });

  const calls = (count: number, total = 1) =>
    log(...Array.from({ length: count }, () => ({ type: "model.completed" as const, usage: { scope: "call" as const, total } })));
  const last = (trail: UsageTrail) => trail.view().samples.at(-1);

  /** A trail whose pages come when they are let through. */
  const gatedTrail = (logs: readonly (readonly LoggedEvent[])[]) => {
    const waiting: (() => void)[] = [];
    let at = 0;
    const page = ({ from, limit }: { from: number; limit: number }) => {
      const events = (logs[at] ?? []).filter(({ seq }) => seq >= from).slice(0, limit);
      return { events: events.map((event) => toApiEvent(event)), lastSeq: events.length, readUpTo: events.length };
    };
    const trail = new UsageTrail(async (range) => {
      const answer = page(range);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return answer;
    });
    return { trail, pass: () => waiting.shift()?.(), isAsked: () => waiting.length > 0, rewrite: () => (at += 1) };
  };

  it("goes on where it stood when whoever left in the middle of the reading is back", async () => {
    const { trail, pass } = gatedTrail([calls(2_500)]);
    const leave = trail.subscribe(() => {});
    const first = trail.read(2_500);
    pass();
    await expect.poll(() => trail.view().readShare).toBe(0.4);
    leave();
    pass();
    await first;
    expect(trail.view().readShare).toBeLessThan(1);
    trail.subscribe(() => {});
    const second = trail.read(2_500);
    pass();
    await expect.poll(() => trail.view().readShare).toBe(0.8);
    pass();
    await second;
    expect(trail.view().readShare).toBe(1);
    expect(last(trail)).toMatchObject({ seq: 2_500, usage: { calls: { total: 2_500 } } });
  });

  it("reads what came while nobody looked", async () => {
    const events = calls(2_000);
    const trail = trailOf(events);
    const leave = trail.subscribe(() => {});
    await trail.read(1_000);
    leave();
    trail.subscribe(() => {});
    await trail.read(2_000);
    const seqs = trail.view().samples.map(({ seq }) => seq);
    expect(seqs.filter((seq) => seq > 1_000 && seq < 1_900).length).toBeGreaterThan(100);
  });

  it("begins anew when the log says other figures: at once where somebody looks, else when somebody does, and the latest clock counts", async () => {
    const clocked = (total: number) => calls(30, total).map((event, index) => ({ ...event, occurredAtMs: index === 3 ? 9_000 : 5_000 }));
    const { trail, pass, isAsked, rewrite } = gatedTrail([clocked(1), clocked(2), clocked(3)]);
    const leave = trail.subscribe(() => {});
    const reading = trail.read(30);
    pass();
    await reading;
    expect(
      trail
        .view()
        .samples.map(({ atMs }) => atMs)
        .slice(1, 6),
    ).toEqual([5_000, 5_000, 9_000, 9_000, 9_000]);
    rewrite();
    trail.forget();
    expect(trail.view()).toEqual({ samples: [], readShare: 0 });
    await expect.poll(isAsked).toBe(true);
    pass();
    await expect.poll(() => trail.view().readShare).toBe(1);
    expect(trail.view().samples.map(({ usage }) => usage.calls.total)).toEqual(clocked(2).map((_, index) => (index + 1) * 2));
    leave();
    rewrite();
    trail.forget();
    expect([isAsked(), trail.view().samples]).toEqual([false, []]);
    trail.subscribe(() => {});
    const again = trail.read(30);
    pass();
    await again;
    expect(last(trail)).toMatchObject({ seq: 30, usage: { calls: { total: 90 } } });
  });

  it("is not read of a run that is too long for it: what live states say is kept, and said to be all", async () => {
    const { trail, isAsked } = gatedTrail([calls(10)]);
    trail.take(fold(emptyRun(), calls(3)));
    trail.subscribe(() => {});
    await trail.read(250_001);
    trail.take(fold(emptyRun(), calls(10)));
    expect(isAsked()).toBe(false);
    expect(trail.view()).toMatchObject({ readShare: null, samples: [{ seq: 10 }] });
  });

  it("begins anew when the log says other figures in the middle of the reading", async () => {
    const { trail, pass, isAsked, rewrite } = gatedTrail([calls(1_500, 1), calls(1_500, 2)]);
    trail.subscribe(() => {});
    const reading = trail.read(1_500);
    pass();
    await expect.poll(isAsked).toBe(true);
    rewrite();
    trail.forget();
    for (let pages = 0; pages < 3; pages += 1) {
      await expect.poll(isAsked).toBe(true);
      pass();
    }
    await reading;
    expect(last(trail)).toMatchObject({ seq: 1_500, usage: { calls: { total: 3_000 } } });
  });
});
