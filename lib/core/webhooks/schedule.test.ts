import { describe, expect, it } from "vitest";
import { afterAttempt, afterCall, attemptDelaysMs } from "./schedule";

describe("the schedule", () => {
  it("tries at once, after 1 min, 5 min, 30 min and 2 h, then gives up", () => {
    let nowMs = 1_000_000;
    const at = [nowMs];
    for (let step = 0; ; ) {
      const next = afterAttempt(step, { statusCode: 500 }, nowMs);
      if (next.status !== "pending") {
        expect(next).toEqual({ status: "failed", disable: false });
        break;
      }
      step = next.step;
      nowMs = next.nextAttemptMs;
      at.push(nowMs);
    }
    expect(at.map((ms) => (ms - 1_000_000) / 60_000)).toEqual([0, 1, 6, 36, 156]);
    expect(attemptDelaysMs[0]).toBe(0);
  });

  it("takes only 2xx for success, and no answer or a redirect for a failure", () => {
    for (const statusCode of [200, 201, 204, 299]) expect(afterAttempt(0, { statusCode }, 0)).toEqual({ status: "delivered" });
    for (const statusCode of [null, 199, 300, 301, 302, 400, 404, 429, 500, 503])
      expect(afterAttempt(0, { statusCode }, 0).status).toBe("pending");
  });

  it("ends at once when the receiver is gone (410), whatever attempt it was", () => {
    for (let step = 0; step < 5; step++) expect(afterAttempt(step, { statusCode: 410 }, 0)).toEqual({ status: "failed", disable: true });
  });
});

describe("a call of a system's own endpoint", () => {
  const became = (statusCode: number | null, step = 0) => afterCall(step, { statusCode }, 0);

  it("is tried again on the same schedule where what stopped it may pass by itself", () => {
    for (const statusCode of [null, 199, 408, 425, 429, 500, 502, 503])
      for (const step of [0, 1, 4]) expect(became(statusCode, step)).toEqual(afterAttempt(step, { statusCode }, 0));
    expect(became(200)).toEqual({ status: "delivered" });
  });

  it("ends where it was refused, and disables nothing", () => {
    for (const statusCode of [300, 301, 400, 401, 403, 404, 407, 409, 410, 422, 424, 426, 430, 499])
      expect(became(statusCode)).toEqual({ status: "failed", disable: false });
  });
});
