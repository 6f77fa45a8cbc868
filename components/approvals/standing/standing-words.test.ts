import { describe, expect, it } from "vitest";
import type { Json } from "@/lib/core/json";
import { argumentWords, firstRule, standingFrom, type WrittenStanding } from "./standing-words";

const written: WrittenStanding = {
  ...{ scope: "run", uses: "5", minutes: "30", dollars: "$2", allowExtra: false },
  rules: { path: { ...firstRule("/tmp/a"), is: "like", pattern: "/tmp/*" }, mode: firstRule("w") },
};

describe("what is allowed in advance, as it is written", () => {
  it("is sent with the rules that say more than the same, money in nano-dollars", () => {
    expect(standingFrom(written)).toEqual({
      ...{ scope: "run", uses: 5, minutes: 30, maxNanos: 2_000_000_000, allowExtra: false },
      rules: { path: { is: "like", pattern: "/tmp/*" } },
    });
    expect(standingFrom({ ...written, dollars: "" })?.maxNanos).toBeNull();
    expect(standingFrom({ ...written, dollars: "0,5" })?.maxNanos).toBe(500_000_000);
  });

  it.each([
    { uses: "0" },
    { uses: "1001" },
    { minutes: "" },
    { dollars: "free" },
    { dollars: "-1" },
    { uses: "1.5" },
    { minutes: "43201" },
    { dollars: "0" },
    { dollars: "99999999999" },
    { rules: { n: { ...firstRule(5), is: "between", min: "9", max: "1" } } },
    { rules: { n: { ...firstRule(5), is: "between", min: "-9", max: " " } } },
    { rules: { n: { ...firstRule(5), is: "between", min: "", max: "9" } } },
    { rules: { n: { ...firstRule(5), is: "between", min: "few", max: "9" } } },
    { rules: { path: { ...firstRule(5), is: "like" } } },
  ])("is not sent: %j", (wrong) => expect(standingFrom({ ...written, ...wrong } as WrittenStanding)).toBeNull());

  it("is sent up to the most and down to the least of each figure, from what was asked", () => {
    const rules = {
      n: { ...firstRule(5), is: "between" },
      path: { ...firstRule("/tmp/a"), is: "like" },
      any: { ...firstRule({}), is: "any" },
    };
    expect(standingFrom({ ...written, uses: " 1000", minutes: "43200 ", dollars: " ", rules } as WrittenStanding)).toEqual({
      ...{ scope: "run", uses: 1_000, minutes: 43_200, maxNanos: null, allowExtra: false },
      rules: { n: { is: "between", min: 5, max: 5 }, path: { is: "like", pattern: "/tmp/a" }, any: { is: "any" } },
    });
    expect(standingFrom({ ...written, uses: "1", minutes: "1" })).toMatchObject({ uses: 1, minutes: 1 });
  });

  it("is told argument by argument", () => {
    const standing = { arguments: { path: "/tmp/a", n: 1 }, rules: { path: { is: "like", pattern: "/tmp/*" } as const }, allowExtra: true };
    expect(argumentWords(standing)).toEqual(["path like /tmp/*", "n = 1", "and any other arguments"]);
    const words = (of: Json, allowExtra = false) => argumentWords({ arguments: of, rules: {}, allowExtra });
    expect(words(null)).toEqual(["without arguments"]);
    expect(words({}, true)).toEqual(["without arguments", "and any other arguments"]);
    expect(words([1])).toEqual(["[1]"]);
  });
});
