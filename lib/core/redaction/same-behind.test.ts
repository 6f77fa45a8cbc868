import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringifyExact } from "../exact-json";
import type { Json } from "../json";
import { defaultRedaction } from "./policy";
import { openRedactor, type Redactor } from "./redactor";
import { isSameBehind } from "./same-behind";

const mark = (value: string) => createHash("sha256").update(value).digest("hex").slice(0, 8);
const redactor = openRedactor({ ...defaultRedaction, emails: true, cards: true, fields: ["ssn"] }, { mark }) as Redactor;
const redacted = (sent: string) => redactor.json(sent, JSON.parse(sent)).text;

const secret = "ghp_q8Zt1Kx4Vb7Nn2Mm5Ll8Hh1Gg4Ff7Dd2Ss5Aa";
const samples: Readonly<Record<string, Json>> = {
  whole: { password: "tiger-under-the-stairs" },
  "within words": { said: `use ${secret}, please` },
  "several in one text": { said: `mail ann@example.com or bob@example.com with ${secret} now` },
  "a number": { ssn: 123456789, card: 4111111111111111 },
  "a field with all that is in it": { ssn: { number: "1-2-3", more: [true, null, "x", 7] } },
  "JSON within a text": { arguments: JSON.stringify({ password: "tiger", deep: JSON.stringify([{ token: secret }]) }, null, 2) },
  "a key": { "ann@example.com": 1, b: 2 },
};

describe("an event that is sent again is known by what is stored of it, whatever was taken out", () => {
  it.each(Object.entries(samples))("%s", (_name, value) => {
    const sent = JSON.stringify(value);
    const stored = redacted(sent);
    expect(stored).toContain("[redacted ");
    expect(isSameBehind(stored, sent, mark)).toBe(true);
    // Another value in the place of what was taken out, and other words around it, are another event.
    const others = [
      sent.replace(/tiger|ghp_q|ann@|123456789|"1-2-3"/, (found) => (found.startsWith('"') ? '"9-9"' : `9${found}`)),
      `[${sent}]`,
    ];
    for (const other of others) expect(isSameBehind(stored, other, mark)).toBe(false);
    expect(
      isSameBehind(redacted(JSON.stringify({ ...(value as object), x: 1 })), JSON.stringify({ ...(value as object), x: 2 }), mark),
    ).toBe(false);
  });

  it("any", () => {
    const piece = fc.oneof(fc.constantFrom(secret, " ann@example.com ", "password=tiger-1 ", " word "), fc.string({ maxLength: 4 }));
    const text = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(" "));
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ depthSize: "small" }, text, fc.integer(), fc.boolean(), fc.array(tie("any"), { maxLength: 3 }), tie("object")),
      object: fc.dictionary(fc.constantFrom("a", "ssn", "password", "b c"), tie("any"), { maxKeys: 3 }),
    })).object as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(value, (each) => {
        const sent = stringifyExact(each);
        const stored = redacted(sent);
        expect(isSameBehind(stored, sent, mark)).toBe(stored !== sent);
      }),
    );
  });

  it("takes no longer for being made to", () => {
    const count = 100_000;
    const stored = JSON.stringify({ s: "[redacted x #00000000] ".repeat(count) });
    expect(isSameBehind(stored, JSON.stringify({ s: "a ".repeat(count * 10) }), mark)).toBe(false);
    let asked = 0;
    const counted = (value: string) => {
      asked += value.length;
      return "00000001";
    };
    isSameBehind(stored, JSON.stringify({ s: "a ".repeat(count * 10) }), counted);
    expect(asked).toBeLessThan(8 * count * 10);
  });
});
