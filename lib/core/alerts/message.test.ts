import { expect, test } from "vitest";
import { figureWords } from "./message";

test("the stretch of time that a figure was found in is said as people say it", () => {
  const found = (windowMinutes: number) => figureWords({ kind: "run-failed", value: 7, threshold: 3, windowMinutes });
  expect(found(15)).toBe("7 failed runs in 15 minutes, threshold 3");
  expect(found(1_440)).toBe("7 failed runs in 24 h, threshold 3");
});
