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
});
