import { expect, it } from "vitest";
import { nameText } from "./name-text";

it.each(["\u0000", "a\u0000b", "\ud83d", "x\udc00"])("a name that no database holds is refused, and nothing else is: %j", (text) => {
  expect(nameText({ max: 10 }).safeParse(text).success).toBe(false);
  for (const fine of ["日本", "💥", "a\nb", "\u0001", " padded "]) expect(nameText({ max: 10 }).parse(fine)).toBe(fine.trim());
});
