import { describe, expect, it } from "vitest";
import { compilePatterns, faultOf } from "./own-patterns";

const own = (pattern: string) => [{ name: "own", pattern }];

describe("a pattern of a project's own, over text that anybody sends (G11: no sender holds up the server)", () => {
  it.each(["EMP-\\d+(?: .*END)?", "a.*b|c", "(?:a|b.*c)", "(?:a(?:.*z)?b)+", "a[^b]*$|a", "a[a-z]*\\b|a", "(?:x.*y)?z", "a(?:.*?b)?"])(
    "is refused where it would read on to the end of the text for each match: %s",
    (pattern) => {
      expect(faultOf(own(pattern))).toEqual({ index: 0, message: expect.stringContaining("Set a limit, such as {0,20}") });
    },
  );

  it.each([
    "EMP-\\d{6}",
    "EMP-\\d+(?: .{0,20}END)?",
    "\\d+(?:\\.\\d+)?",
    "\\b\\d{3}-\\d{2}-\\d{4}\\b",
    "[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}",
    "(?i)customer(?: no)?[.: ]+\\w+",
    "[\\w.+-]+@[\\w-]+\\.[\\w.]+",
    "(?s)<secret>.*?</secret>",
    "(?m)^key: .*$",
    "https?://\\S+",
    "a.*b",
    "(a+)+$",
    "\\d+(?:,\\d+)*",
  ])(
    "is taken where time grows with the text alone, and takes no longer for being made to: %s",
    (pattern) => {
      expect(faultOf(own(pattern))).toBeNull();
      const find = compilePatterns(own(pattern));
      for (const unit of [
        "a",
        "ab",
        "1",
        "1.",
        "1,",
        "EMP-1 ",
        "a@a.",
        "<secret>",
        "key: ",
        "http://a",
        "customer: 1 ",
        "AA11 ",
        "a E",
        "ab\n",
      ])
        expect(find(`${unit.repeat(Math.ceil(100_000 / unit.length))}x`).length).toBeGreaterThanOrEqual(0);
    },
    30_000,
  );
});
