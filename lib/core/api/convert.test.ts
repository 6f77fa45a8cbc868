import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalTypes } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import { eventLog } from "../run/testing/logged-event.arbitrary";
import { fromApiEvent, toApiEvent } from "./convert";
import { ApiEvent } from "./event";

const plain: LoggedEvent = {
  type: "tool.called",
  seq: 3,
  receivedAtMs: 1_760_000_000_005,
  source: { dialect: "crewship", type: "tool.called" },
};

/** A log as adapters make it: numbers that JSON carries and times that a date can express. */
const wellFormed = eventLog(20).map((log) =>
  log
    .filter(({ type }) => (canonicalTypes as readonly string[]).includes(type))
    .map((event): LoggedEvent => {
      const { occurredAtMs, sourceSeq, ...rest } = event;
      return {
        ...rest,
        receivedAtMs: Number.isNaN(event.receivedAtMs) ? 0 : event.receivedAtMs,
        ...(Number.isInteger(occurredAtMs) && Math.abs(occurredAtMs ?? 0) < 2e14 ? { occurredAtMs } : {}),
        ...(Number.isInteger(sourceSeq) ? { sourceSeq } : {}),
      };
    }),
);

describe("an event on the wire", () => {
  it("comes back exactly as it went out", () => {
    fc.assert(
      fc.property(wellFormed, (log) => {
        for (const event of log) expect(fromApiEvent(toApiEvent(event, { any: "raw" }))).toStrictEqual(event);
      }),
    );
  });

  it("fits the published schema, before and after JSON", () => {
    fc.assert(
      fc.property(wellFormed, (log) => {
        for (const event of log) {
          const sent = JSON.parse(JSON.stringify(toApiEvent(event)));
          expect(ApiEvent.parse(sent)).toStrictEqual(sent);
          expect(toApiEvent(fromApiEvent(sent))).toStrictEqual(sent);
        }
      }),
    );
  });

  it("has ISO times, null where the sender gave none, and the sender's sequence beside its id", () => {
    expect(toApiEvent({ ...plain, occurredAtMs: 0, sourceSeq: 7, source: { ...plain.source, id: "evt_1" } }, { tool: "x" })).toStrictEqual({
      seq: 3,
      type: "tool.called",
      occurredAt: "1970-01-01T00:00:00.000Z",
      receivedAt: "2025-10-09T08:53:20.005Z",
      source: { dialect: "crewship", type: "tool.called", id: "evt_1", seq: 7 },
      raw: { tool: "x" },
    });
    expect(toApiEvent(plain)).not.toHaveProperty("raw");
    expect(toApiEvent(plain).occurredAt).toBeNull();
  });

  it.each([1e300, -1e300, Number.NaN, Number.POSITIVE_INFINITY, 8.64e15, 253_402_300_800_000])(
    "takes the time %d, which no date expresses, without throwing",
    (ms) => {
      expect(toApiEvent({ ...plain, occurredAtMs: ms, receivedAtMs: ms })).toMatchObject({
        occurredAt: null,
        receivedAt: "1970-01-01T00:00:00.000Z",
      });
    },
  );
});
