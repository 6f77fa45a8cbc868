import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { crewshipHeaders, signatureHeaders } from "./sign";

const body = JSON.stringify({ type: "session.completed", data: { goal: "Grüße \u{1F44B}" } });
const message = () => ({ id: "del_1", timestamp: Math.floor(Date.now() / 1000), body });
const encoded = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

describe("a signature", () => {
  it("is the HMAC of the raw body, as anybody computes it", () => {
    for (const secret of ["your_webhook_secret", encoded]) {
      const expected = `sha256=${createHmac("sha256", Buffer.from(secret, "utf8")).update(Buffer.from(body, "utf8")).digest("hex")}`;
      expect(signatureHeaders(message(), { present: secret, previous: null })["x-webhook-signature"]).toBe(expected);
      expect(crewshipHeaders(message(), "run.failed", secret)["x-crewship-signature"]).toBe(expected);
    }
  });

  it("has the value that RFC 4231 gives for its test case 2", () => {
    const headers = signatureHeaders({ id: "1", timestamp: 0, body: "what do ya want for nothing?" }, { present: "Jefe", previous: null });
    expect(headers["x-webhook-signature"]).toBe("sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  });

  it("is accepted by the standard-webhooks verifier, for an encoded secret and for plain words", () => {
    const verify = (webhook: Webhook, secret: string) =>
      webhook.verify(body, signatureHeaders(message(), { present: secret, previous: null }));
    expect(verify(new Webhook(encoded), encoded)).toEqual(JSON.parse(body));
    expect(verify(new Webhook("your_webhook_secret", { format: "raw" }), "your_webhook_secret")).toEqual(JSON.parse(body));
    expect(() => verify(new Webhook(`whsec_${Buffer.alloc(32, 8).toString("base64")}`), encoded)).toThrow();
    const headers = signatureHeaders(message(), { present: encoded, previous: null });
    expect(() => new Webhook(encoded).verify(`${body} `, headers)).toThrow();
    expect(() => new Webhook(encoded).verify(body, { ...headers, "webhook-id": "del_2" })).toThrow();
  });

  it("is accepted under the old and the new secret while both are valid", () => {
    const headers = signatureHeaders(message(), { present: encoded, previous: "your_webhook_secret" });
    expect(new Webhook(encoded).verify(body, headers)).toEqual(JSON.parse(body));
    expect(new Webhook("your_webhook_secret", { format: "raw" }).verify(body, headers)).toEqual(JSON.parse(body));
    expect(headers["x-webhook-signature-previous"]).toBe(
      signatureHeaders(message(), { present: "your_webhook_secret", previous: null })["x-webhook-signature"],
    );
  });
});
