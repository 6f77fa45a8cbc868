import { describe, expect, it } from "vitest";
import { likeness } from "./likeness";
import { isTaken, MemberName, nameRefusal } from "./member-name";
import { signature, signedFor } from "./signatures";

describe("a member's name", () => {
  it.each([
    ["Ann"],
    ["Ann-Marie O'Neill"],
    ["José Núñez"],
    ["Зоя Космодемьянская"],
    ["山田 太郎"],
    ["مريم"],
    ["हिन्दी नाम"],
    ["R2-D2"],
    ["Ann (nights) 🦊"],
    ["Budgetary Control"],
    ["x".repeat(80)],
  ])("may be %s", (name) => expect(nameRefusal(name)).toBeNull());

  it.each([
    ["nothing", ""],
    ["too much", "x".repeat(81)],
    ["a bidi control", "Ann\u202E"],
    ["an isolate", "\u2066Ann\u2069"],
    ["a zero-width space", "An\u200Bn"],
    ["a joiner", "An\u200Dn"],
    ["a soft hyphen", "An\u00ADn"],
    ["a filler that is a letter", "Ann\u3164"],
    ["a blank of Braille", "Ann\u2800"],
    ["a line break", "Ann\nlocal owner"],
    ["a tab", "Ann\tB"],
    ["NUL", "Ann\u0000"],
    ["half a pair", "Ann\uD83D"],
    ["a no-break space", "Ann\u00A0B"],
    ["two blanks", "Ann  B"],
    ["a tower of marks", `A${"\u0335".repeat(9)}nn`],
    ["a mark without a letter", "\u0335Ann"],
    ["signs alone", "-- !"],
    ["the owner's", "Local Owner"],
    ["the owner's in other letters", "lосаl оwnеr"],
    ["what standing approvals are told as", "Standing approval by Ann"],
    ["a key's browser", "A key's browser"],
  ])("may not be %s", (_what, name) => {
    expect(nameRefusal(name)).toEqual(expect.any(String));
    expect(MemberName.safeParse(name).success).toBe(false);
  });

  it.each([...Object.values(signature), ...Object.values(signedFor).map((words) => `${words} Night Shift`), "the owner", "Watchfloor"])(
    "may not be what Watchfloor signs with: %s",
    (name) => {
      for (const written of [name, name.toUpperCase(), `${name}.`]) expect([written, isTaken(written)]).toEqual([written, true]);
      expect(nameRefusal(name)).toBe("This name is reserved: Watchfloor uses it itself.");
    },
  );

  it("is kept without blanks around it, and in one spelling", () => {
    expect(MemberName.parse("  Jose\u0301 ")).toBe("Jos\u00E9");
  });

  it("reads like another that people cannot tell from it", () => {
    for (const other of ["ann lee", "ANN LEE", "Ann-Lee", "Ann. Lee", "Аnn Lee", "Ann Lее", "Ann Lee ✓", "Ａnn Ｌee", "Ánn Lee"])
      expect([other, likeness(other)]).toEqual([other, likeness("Ann Lee")]);
    for (const [one, other] of [
      ["Ian", "lan"],
      ["Bill", "Bi11"],
      ["Arnold", "Amold"],
      ["Олег", "0лег"],
    ] as const)
      expect([one, likeness(one)]).toEqual([one, likeness(other)]);
    for (const other of ["Anna Lee", "Ann Le", "Lee Ann", "Bob"]) expect(likeness(other)).not.toBe(likeness("Ann Lee"));
  });
});
