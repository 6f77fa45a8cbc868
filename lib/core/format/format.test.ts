import { describe, expect, it } from "vitest";
import { formatBytes } from "./format-bytes";
import { formatDuration, formatLength, formatTicking } from "./format-duration";
import { exactDollars, formatMoney } from "./format-money";
import { formatRelativeTime } from "./format-relative-time";
import { formatShare } from "./format-share";
import { formatTokens } from "./format-tokens";
import { shortenMiddle } from "./shorten-middle";

describe("a duration", () => {
  it.each([
    [0, "0 ms"],
    [840, "840 ms"],
    [999.4, "999 ms"],
    [999.6, "1.0 s"],
    [12_400, "12.4 s"],
    [59_949, "59.9 s"],
    [59_950, "1 m 00 s"],
    [185_000, "3 m 05 s"],
    [3_599_400, "59 m 59 s"],
    [3_599_600, "1 h 00 m"],
    [3_720_000, "1 h 02 m"],
    [86_399_000, "23 h 59 m"],
    [86_400_000, "1 d 00 h"],
    [183_600_000, "2 d 03 h"],
  ])("of %d ms reads %s", (ms, text) => expect(formatDuration(ms)).toBe(text));

  it("is never negative and never NaN", () => {
    expect(formatDuration(-5)).toBe("0 ms");
    expect(formatDuration(Number.NaN)).toBe("–");
  });

  it("of what began and ended in one millisecond is not nothing", () => {
    expect([0, 0.4, -5, 1, 840].map(formatLength)).toEqual(["< 1 ms", "< 1 ms", "< 1 ms", "1 ms", "840 ms"]);
    expect(formatLength(Number.NaN)).toBe("–");
  });

  it("that goes on is told in whole seconds, which are over", () => {
    const told = [-5, 999, 12_999, 59_999, 60_000, 185_900].map(formatTicking);
    expect(told).toEqual(["0 s", "0 s", "12 s", "59 s", "1 m 00 s", "3 m 05 s"]);
  });
});

describe("a count of tokens", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1_000, "1k"],
    [5_420, "5.4k"],
    [12_400, "12.4k"],
    [99_949, "99.9k"],
    [99_951, "100k"],
    [999_499, "999k"],
    [999_950, "1M"],
    [1_234_567, "1.2M"],
    [2_000_000_000, "2B"],
    [Number.MAX_SAFE_INTEGER, "9007T"],
    [-1, "–"],
    [Number.NaN, "–"],
  ])("of %d reads %s", (count, text) => expect(formatTokens(count)).toBe(text));
});

describe("an amount of money", () => {
  it.each([
    [81_400_000, "$0.0814"],
    [2_300_000, "$0.0023"],
    [100_000, "$0.0001"],
    [99_999, "<$0.0001"],
    [1, "<$0.0001"],
    [500_000_000, "$0.5000"],
    [999_949_999, "$0.9999"],
    [999_950_000, "$1.00"],
    [1_005_000_000, "$1.01"],
    [1_234_567_890_000, "$1,234.57"],
    [-20_000_000, "-$0.0200"],
    [Number.MAX_SAFE_INTEGER - 1, "$9,007,199.25"],
    [Number.MAX_SAFE_INTEGER, ">$9,007,199.25"],
  ])("of %d nano-dollars reads %s", (nanos, text) => expect(formatMoney(nanos)).toBe(text));

  it("is $0.00 for a reported zero alone: an unknown amount says so", () => {
    expect(formatMoney(0)).toBe("$0.00");
    expect(formatMoney(null)).toBe("unpriced");
    expect(formatMoney(Number.NaN)).toBe("unpriced");
    expect(formatMoney(Number.MIN_VALUE)).toBe("<$0.0001");
  });

  it("is written to the nano-dollar where no double holds it", () => {
    expect(exactDollars(9_007_199_254_740_989)).toBe("9007199.254740989");
    expect(exactDollars(4_800_000_000_000_001)).toBe("4800000.000000001");
    expect([exactDollars(1), exactDollars(0), exactDollars(-20_000_000)]).toEqual(["0.000000001", "0.000000000", "-0.020000000"]);
  });

  it("shows an estimate as one", () => {
    expect(formatMoney(2_000_000, { estimate: true })).toBe("~$0.0020");
    expect(formatMoney(7, { estimate: true })).toBe("~<$0.0001");
  });
});

describe("a share", () => {
  it.each([
    [0, "0 %"],
    [0.000_001, "<0.1 %"],
    [0.001, "0.1 %"],
    [0.0942, "9.4 %"],
    [0.0996, "10 %"],
    [0.42, "42 %"],
    [1, "100 %"],
    [Number.NaN, "–"],
  ])("of %d reads %s", (share, text) => expect(formatShare(share)).toBe(text));
});

describe("a size", () => {
  it.each([
    [0, "0 B"],
    [840, "840 B"],
    [1_024, "1 KB"],
    [12_700, "12.4 KB"],
    [1_048_575, "1 MB"],
    [4_194_304, "4 MB"],
    [-1, "–"],
  ])("of %d bytes reads %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe("a time seen from now", () => {
  const now = 1_760_000_000_000;
  it.each([
    [0, "now"],
    [-1_500, "now"],
    [2_000, "2 s ago"],
    [59_999, "59 s ago"],
    [60_000, "1 m ago"],
    [7_200_000, "2 h ago"],
    [200_000_000, "2 d ago"],
    [-180_000, "in 3 m"],
  ])("%d ms back reads %s", (back, text) => expect(formatRelativeTime(now - back, now)).toBe(text));

  it("is a dash when there is none", () => expect(formatRelativeTime(Number.NaN, now)).toBe("–"));
});

describe("a long id", () => {
  it("keeps both its ends", () => {
    expect(shortenMiddle("wf-550e8400-e29b-41d4", 9)).toBe("wf-5…41d4");
    expect(shortenMiddle("short", 9)).toBe("short");
    expect(shortenMiddle("abcdef", 2)).toBe("a…");
    expect(shortenMiddle("abcdef", 1)).toBe("…");
  });

  it("is never cut inside a character", () => {
    expect(shortenMiddle("💥💥💥💥💥", 3)).toBe("💥…💥");
  });

  it("has at most the asked length", () => {
    for (let max = 1; max < 12; max += 1) expect([...shortenMiddle("0123456789abcdef", max)].length).toBeLessThanOrEqual(max);
  });
});
