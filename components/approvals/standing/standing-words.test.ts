import { describe, expect, it } from "vitest";
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
    { rules: { n: { ...firstRule(5), is: "between", min: "9", max: "1" } } },
  ])("is not sent: %j", (wrong) => expect(standingFrom({ ...written, ...wrong } as WrittenStanding)).toBeNull());

  it("is told argument by argument", () => {
    const standing = { arguments: { path: "/tmp/a", n: 1 }, rules: { path: { is: "like", pattern: "/tmp/*" } as const }, allowExtra: true };
    expect(argumentWords(standing)).toEqual(["path like /tmp/*", "n = 1", "and any other arguments"]);
    expect(argumentWords({ arguments: null, rules: {}, allowExtra: false })).toEqual(["without arguments"]);
  });
});
