import { validateHeaderValue } from "node:http";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headerValue } from "./header-value";

describe("a text in a header", () => {
  it("is itself where it is a usual type", () => {
    expect(headerValue("session.step.completed")).toBe("session.step.completed");
  });

  it("cannot end the header or begin another", () => {
    expect(headerValue("session.a\r\nX: 1")).toBe("session.a%0D%0AX:%201");
  });

  it("can be sent and read back exactly, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        validateHeaderValue("x-webhook-event", headerValue(text));
        expect(decodeURIComponent(headerValue(text))).toBe(text.toWellFormed());
      }),
    );
    for (const text of ["session.日本", "session.💥", "session.é", " 100% ", "\ud83d"])
      expect(decodeURIComponent(headerValue(text))).toBe(text.toWellFormed());
  });
});
