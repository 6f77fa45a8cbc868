import { expect, test } from "vitest";
import type { JsonObject } from "../../core/json";
import { readDuration } from "./read-duration";
import { readError } from "./read-error";

test.each<[JsonObject, ReturnType<typeof readError>]>([
  [{ error: "boom" }, { message: "boom" }],
  [
    { error: "boom", error_code: "E1", stack_trace: "at x", recoverable: true },
    { message: "boom", code: "E1", stack: "at x", recoverable: true },
  ],
  [{ error: { message: "boom", code: 42 } }, { message: "boom", code: "42" }],
  [{ error: { status: 500 } }, { message: "status: 500" }],
  [{ error: "", message: "later key" }, { message: "later key" }],
  [{ error: {}, message: null }, undefined],
  [{ error: ["a"] }, undefined],
  [{}, undefined],
])("%j tells the error %j", (fields, error) => expect(readError(fields, "error", "message")).toEqual(error));

test.each<[JsonObject, number | undefined]>([
  [{ ms: 12.5 }, 13],
  [{ ms: "740" }, 740],
  [{ ms: -0.2 }, undefined],
  [{ ms: -0 }, 0],
  [{ ms: 1e300 }, undefined],
])("%j reads as a duration of %j ms", (fields, ms) => expect(readDuration(fields, "ms")).toBe(ms));
