import { expect, test } from "vitest";
import { auditRun, isFaultless, noFaults } from "./audit";

const ledger = { sent: new Set(["a", "b", "c"]), acked: new Set(["a", "b"]) };

test("a log with everything that was acknowledged, once and without holes, has no faults", () => {
  const found = [
    { seq: 1, mark: "a" },
    { seq: 2, mark: "b" },
  ];
  expect(isFaultless(auditRun(ledger, found, 2))).toBe(true);
  // What was sent but not acknowledged may be there.
  expect(isFaultless(auditRun(ledger, [...found, { seq: 3, mark: "c" }], 3))).toBe(true);
});

test("an acknowledged event that is missing is lost", () => {
  expect(auditRun(ledger, [{ seq: 1, mark: "a" }], 1)).toEqual({ ...noFaults(), lost: 1 });
});

test("a jump in the sequence, and a log that ends before the run's last seq, are holes", () => {
  const first = { seq: 1, mark: "a" };
  expect(auditRun(ledger, [first, { seq: 3, mark: "b" }], 2)).toEqual({ ...noFaults(), holes: 1 });
  expect(auditRun(ledger, [first, { seq: 2, mark: "b" }], 3)).toEqual({ ...noFaults(), holes: 1 });
});

test("an event that is there twice is doubled, one that nobody sent is strange", () => {
  const found = ["a", "b", "b", "x"].map((mark, index) => ({ seq: index + 1, mark }));
  expect(auditRun(ledger, found, 4)).toEqual({ ...noFaults(), doubled: 1, strange: 1 });
});
