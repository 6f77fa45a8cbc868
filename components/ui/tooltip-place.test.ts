import { expect, test } from "vitest";
import { tooltipPlace } from "./tooltip-place";

const view = { width: 400, height: 300 };
const hint = { width: 100, height: 20 };

test("a hint stands centred above its target", () => {
  expect(tooltipPlace({ left: 150, top: 100, width: 40, height: 24 }, hint, view)).toEqual({ left: 120, top: 75 });
});

test("without room above it stands below", () => {
  expect(tooltipPlace({ left: 150, top: 10, width: 40, height: 24 }, hint, view)).toEqual({ left: 120, top: 39 });
});

test("it never leaves the window", () => {
  expect(tooltipPlace({ left: 0, top: 100, width: 20, height: 20 }, hint, view).left).toBe(8);
  expect(tooltipPlace({ left: 390, top: 100, width: 20, height: 20 }, hint, view).left).toBe(292);
});
