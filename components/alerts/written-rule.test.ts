import fc from "fast-check";
import { expect, test } from "vitest";
import { NewAlertRule } from "@/lib/core/alerts/rule";
import { alertKinds } from "@/lib/core/alerts/words";
import { dialects } from "@/lib/core/dialect";
import { asKind, figuresOf, readRule, type WrittenRule, writtenOf } from "./written-rule";

const empty = { ...writtenOf(null), name: "Rule" };

test("every kind begins as a rule that the server takes", () => {
  for (const kind of alertKinds) {
    const read = readRule({ ...empty, ...asKind(kind) }, true);
    expect(read).toEqual({ rule: NewAlertRule.parse("rule" in read && read.rule) });
  }
});

test("what the form calls a rule, the server takes as it is", () => {
  const figure = fc.oneof(
    fc.constantFrom("", " ", "0", "1", "1.5", "1,5", "-1", "1e3", "x", "Infinity", "NaN", "0x10", "1440", "1441"),
    fc.integer({ min: -5, max: 2_000_000 }).map(String),
    // Fits nearly everywhere: of figures that seldom do, hardly any form is a rule.
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 60 }).map(String) },
    fc.double({ min: 0, max: 20_000, noNaN: true }).map(String),
  );
  const word = fc.constantFrom("", " ", "writer");
  const written = fc.record({
    ...{ name: fc.constantFrom("", "Rule"), kind: fc.constantFrom(...alertKinds), warning: figure, alert: figure },
    ...{ windowMinutes: figure, minRuns: figure, forMinutes: figure, recoverMinutes: figure },
    ...{ dialect: fc.constantFrom("" as const, ...dialects), environment: word, agent: word, q: word, channels: fc.constant([]) },
  });
  let rules = 0;
  /** What the form does not ask for is as it was. */
  const shown = (form: WrittenRule): WrittenRule => ({
    ...{ ...form, windowMinutes: empty.windowMinutes, minRuns: empty.minRuns },
    ...Object.fromEntries(figuresOf(form.kind).map(({ name }) => [name, form[name]])),
  });
  const isTaken = (rule: NewAlertRule) => {
    rules += 1;
    expect(NewAlertRule.parse(rule)).toEqual(rule);
  };
  fc.assert(
    fc.property(written, (form) => {
      const read = readRule(shown(form), true);
      if ("rule" in read) isTaken(read.rule);
      else expect(read.fault).toMatch(/^[^\n]+\.$/);
    }),
    { numRuns: 5_000 },
  );
  expect(rules).toBeGreaterThan(0);
});

test("a rule that is opened in the form and kept as it stands stays the same rule", () => {
  const minute = fc.integer({ min: 1, max: 1_440 });
  const filter = fc.record({
    ...{ dialect: fc.constantFrom(null, ...dialects), environment: fc.constantFrom(null, "prod"), agent: fc.constantFrom(null, "writer") },
    q: fc.constantFrom(null, "invoice"),
  });
  const rule = fc.record({
    ...{ name: fc.constantFrom("Rule", "Zu viele"), kind: fc.constantFrom(...alertKinds), enabled: fc.boolean() },
    ...{ warning: fc.constantFrom(null, 0.5, 2), alert: fc.constantFrom(2.5, 60, 100), filter },
    ...{ windowMinutes: minute, minRuns: fc.integer({ min: 1, max: 1_000 }) },
    ...{ forSeconds: fc.integer({ min: 0, max: 86_400 }), recoverSeconds: fc.integer({ min: 0, max: 86_400 }) },
    channels: fc.constantFrom<string[]>([], ["00000000-0000-7000-8000-000000000001"]),
  });
  let kept = 0;
  fc.assert(
    fc.property(rule, (given) => {
      if (!NewAlertRule.safeParse(given).success) return;
      kept += 1;
      expect(readRule(writtenOf(given), given.enabled)).toEqual({ rule: given });
    }),
    { numRuns: 2_000 },
  );
  expect(kept).toBeGreaterThan(100);
});

test("a figure that is none, or too large, is named as it stands in the form", () => {
  const fault = (change: object) => {
    const read = readRule({ ...empty, ...change }, true);
    return "fault" in read ? read.fault : null;
  };
  expect(fault({ name: " " })).toBe("Enter a name.");
  expect(fault({ alert: "" })).toBe('"Alert at (failed runs)" needs a number.');
  expect(fault({ warning: "" })).toBeNull();
  expect(fault({ windowMinutes: "2000" })).toBe('"Window (minutes)" must be a whole number from 1 to 1,440.');
  expect(fault({ windowMinutes: "1,440" })).toBeNull();
  expect(fault({ forMinutes: "soon" })).toBe('"Held for (minutes)" must be a number from 0 to 1,440.');
  expect(fault({ warning: "3", alert: "2" })).toBe("The warning threshold must be lower than the alert threshold.");
});
