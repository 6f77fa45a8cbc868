import { expect, it } from "vitest";
import { readDecimal } from "./read-decimal";

it.each([
  ["5", "5"],
  [" 0.25 ", "0.25"],
  ["$20", "20"],
  [".5", "0.5"],
  ["5.", "5"],
  ["0,5", "0.5"],
  ["1,50", "1.50"],
  ["0,125", "0.125"],
  ["1,250", "1250"],
  ["1,250,000.75", "1250000.75"],
])("reads %o as %s", (written, read) => {
  expect(readDecimal(written)).toBe(read);
});

it.each(["", " ", ".", "$", "-1", "1e3", "1.000,50", "1,2,3", "12,3456,000", "five", "0x10", "1 000"])(
  "takes %o for no figure",
  (written) => {
    expect(readDecimal(written)).toBeNull();
  },
);
