import { createHmac, timingSafeEqual } from "node:crypto";
import { describe, expect, it } from "vitest";
import { verifySnippet } from "./verify-snippet";

type IsGenuine = (rawBody: string, headers: Record<string, string>, secret: string) => boolean;

/** The snippet as it is shown, with its import given from outside. */
function shownCode(): IsGenuine {
  const code = verifySnippet.replace(/^import .*\n/, "").replace("export function", "return function");
  return new Function("createHmac", "timingSafeEqual", code)(createHmac, timingSafeEqual) as IsGenuine;
}

describe("the verification code that is shown", () => {
  it("takes a genuine message and nothing else", () => {
    const isGenuine = shownCode();
    const signature = `sha256=${createHmac("sha256", "secret").update("{}").digest("hex")}`;
    expect(isGenuine("{}", { "x-webhook-signature": signature }, "secret")).toBe(true);
    expect(isGenuine("{ }", { "x-webhook-signature": signature }, "secret")).toBe(false);
    expect(isGenuine("{}", { "x-webhook-signature": signature }, "other")).toBe(false);
    expect(isGenuine("{}", {}, "secret")).toBe(false);
  });
});
