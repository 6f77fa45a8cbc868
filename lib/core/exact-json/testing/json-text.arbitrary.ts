import fc from "fast-check";

/** Numbers of every shape that JSON allows, most of which no double gives back. */
const literal = fc.oneof(
  fc.constantFrom("9007199254740993", "-0", "1e400", "1.0", "0.10", "1E5", "-0.0", "12345678901234567890.123456789"),
  fc.integer().map(String),
  fc.bigInt().map(String),
  fc
    .tuple(fc.boolean(), fc.nat(), fc.option(fc.stringMatching(/^\d{1,25}$/)), fc.option(fc.stringMatching(/^[eE][+-]?\d{1,3}$/)))
    .map(
      ([negative, whole, fraction, exponent]) =>
        `${negative ? "-" : ""}${whole}${fraction === null ? "" : `.${fraction}`}${exponent ?? ""}`,
    ),
);
const word = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("a", "b", "0", "1", "10", "toJSON", "__proto__", "constructor"),
);

/** JSON text without blanks, keys often repeated, or numbers. */
export const jsonText = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    literal,
    word.map((text) => JSON.stringify(text)),
    fc.constantFrom("true", "false", "null"),
    fc.array(tie("value"), { maxLength: 4 }).map((items) => `[${items.join(",")}]`),
    fc
      .array(fc.tuple(word, tie("value")), { maxLength: 4 })
      .map((fields) => `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(",")}}`),
  ),
})).value;
