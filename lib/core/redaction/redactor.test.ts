import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExact, stringifyExact } from "../exact-json";
import type { Json } from "../json";
import { defaultRedaction, type RedactionPolicy } from "./policy";
import { openRedactor, type Redactor } from "./redactor";

const mark = (value: string) => createHash("sha256").update(value).digest("hex").slice(0, 8);
const redactorOf = (policy: Partial<RedactionPolicy> = {}) =>
  openRedactor({ ...defaultRedaction, credentials: false, ...policy }, { mark }) as Redactor;
const credentials = redactorOf({ credentials: true });
const everything = redactorOf({ credentials: true, emails: true, cards: true, fields: ["Customer-SSN"] });
const of = <T extends Json>(redactor: Redactor, value: T) => redactor.json<T>(JSON.stringify(value), value);

/** By its form, wherever it stands. None is anybody's. */
const forms: Readonly<Record<string, string>> = {
  openai: "sk-proj-Zz9aaaaBBBBcccc1111dddd2222",
  anthropic: "sk-ant-api03-aaaaBBBBcccc1111dddd2222-eeee",
  stripe: "sk_live_51aaaaBBBBcccc1111",
  signing: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  github: `ghp_${"aB3".repeat(12)}`,
  githubFine: "github_pat_11AAAAAAA0aaaaBBBBcccc1111",
  gitlab: "glpat-aaaaBBBBcccc1111dddd",
  slack: ["xoxb", "123456789012", "aaaaBBBBcccc"].join("-"),
  slackHook: "hooks.slack.com/services/T00000000/B00000000/aaaaBBBBcccc1111dddd2222",
  aws: "AKIAABCDEFGHIJ234567",
  google: `AIza${"aB3-_".repeat(7)}`,
  npm: `npm_${"aB3".repeat(12)}`,
  huggingFace: `hf_${"aB3".repeat(11)}`,
  sendGrid: "SG.aaaaBBBBcccc1111.dddd2222eeee3333ffff",
  jwt: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
  ours: "wf_aaaaBBBBcccc1111dddd2222eeee3333",
  pem: "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nAAAA\n-----END RSA PRIVATE KEY-----",
};

describe("credentials (G21: secrets are not kept in clear)", () => {
  for (const [name, secret] of Object.entries(forms))
    it(`${name} is taken out of a text by its form, and the words around it stay`, () => {
      for (const [before, after] of [
        ["", ""],
        ["use ", " now."],
        ["key=", "&x=1"],
        ["line\n", "\nline"],
        ['{"a":"', '"}'],
      ] as const) {
        const { text, count } = of(credentials, { said: before + secret + after });
        expect({ text, count }).toEqual({
          text: JSON.stringify({ said: `${before}[redacted credential #${mark(secret)}]${after}` }),
          count: 1,
        });
      }
    });

  it("a field that is named as one loses its value whole, however its name is written", () => {
    for (const name of [
      "password",
      "DB_PASSWORD",
      "userPassword",
      "X-Api-Key",
      "apiKey",
      "AWS_SECRET_ACCESS_KEY",
      "client-secret",
      "Authorization",
    ])
      for (const value of ["hunter2", "correct horse battery staple", 4711])
        expect(of(credentials, { args: { [name]: value } }).value).toEqual({
          args: { [name]: `[redacted credential #${mark(String(value))}]` },
        });
    expect(of(credentials, { secret: ["a", ["b"], 1, true, null, ""] }).value).toEqual({
      secret: [
        `[redacted credential #${mark("a")}]`,
        [`[redacted credential #${mark("b")}]`],
        `[redacted credential #${mark("1")}]`,
        true,
        null,
        "",
      ],
    });
    const described = { properties: { password: { type: "string", description: "of the user" } }, credentials: { user: "bot" } };
    expect(of(credentials, described).value).toEqual(described);
  });

  it("a password is taken out of command lines, headers, addresses and JSON within a text", () => {
    const cases: readonly (readonly [text: string, secret: string])[] = [
      ["psql --password=hunter2 -c 'select 1'", "hunter2"],
      ["curl -H 'Authorization: Bearer abcdef1234567890' https://api.internal", "abcdef1234567890"],
      ["export API_KEY=abcdef", "abcdef"],
      ["https://api.internal/v1?access_token=abcdef&limit=10", "abcdef"],
      ["postgres://bot:hunter2@db.internal/main", "hunter2"],
      ["Password: hunter2hunter2", "hunter2hunter2"],
      ['{"query": {"password": "hunter2"}}', "hunter2"],
      ['[{"arguments": "{\\"token\\": \\"abcdef1234567890\\"}"}]', "abcdef1234567890"],
    ];
    for (const [text, secret] of cases) {
      const clean = of(credentials, { text }).value.text;
      expect([text, clean]).toEqual([text, expect.stringContaining(`#${mark(secret)}]`)]);
      expect([text, clean.includes(secret)]).toEqual([text, false]);
    }
  });

  it("is found however the JSON was written: slashes and letters as escapes, other blanks", () => {
    for (const text of [
      '{"u":"postgres:\\/\\/bot:hunter2@db.internal"}',
      '{"pass\\u0077ord" : "hunter2"}',
      '{"a":"\\u0073k-ant-api03-hunter2BBBBcccc1111"}',
      '{ "password"\n:\t"hunter2" }',
      '{"a":"line\\nsk-ant-api03-hunter2BBBBcccc1111"}',
    ])
      expect(credentials.json(text, JSON.parse(text)).text).not.toContain("hunter2");
  });

  it("what only reads like one stays", () => {
    const kept = {
      ...{ input_tokens: 12, max_tokens: 4096, token_count: "12", next_page_token: "3f9c", has_cookie: "yes", token: "Hello", pass: true },
      ...{ secretary: "Ann", passed: "all 12", keyboard: "qwerty", password: "", api_key: null, tokens: [1, 2] },
      text: "Password: required. The secret: none. Basic responsibilities of a risk-assessment-and-mitigation-manager-2024. sk-learn-is-not-a-key",
      more: "https://example.com:8080/a@b, commit 3f9c1a77d04e4b, id 01890a5d-ac96-774b-bcce-b302099a8057, eyJ, AKIA, ghp_",
    };
    expect(of(credentials, kept)).toEqual({ text: JSON.stringify(kept), value: kept, count: 0 });
  });
});

describe("e-mail addresses, cards and fields of one's own", () => {
  it("addresses go, in keys too, and what stands around them stays", () => {
    expect(
      of(redactorOf({ emails: true }), { "ann@example.com": "Ann <ann+x@mail.example.co.uk>, jürgen@müller.de; not@all, @user, a@b" })
        .value,
    ).toEqual({
      [`[redacted e-mail #${mark("ann@example.com")}]`]: `Ann <[redacted e-mail #${mark("ann+x@mail.example.co.uk")}]>, [redacted e-mail #${mark("jürgen@müller.de")}]; not@all, @user, a@b`,
    });
  });

  it("an address goes from a page's address, and with its accents behind their letters", () => {
    const jose = "jos\u0065\u0301@example.com";
    expect(of(redactorOf({ emails: true }), { url: "https://x/y?to=ann%40example.com&n=1", said: `to ${jose}, 40%40 off` }).value).toEqual({
      url: `https://x/y?to=[redacted e-mail #${mark("ann%40example.com")}]&n=1`,
      said: `to [redacted e-mail #${mark(jose)}], 40%40 off`,
    });
  });

  it("numbers of cards go with and without blanks, as numbers too; what fails the check digit or stands in a longer number stays", () => {
    const cards = redactorOf({ cards: true });
    for (const card of ["4111111111111111", "5555 5555 5555 4444", "3782-822463-10005", 4111111111111111])
      expect(of(cards, { card }).value).toEqual({ card: `[redacted card #${mark(String(card))}]` });
    const kept = {
      a: "4111111111111112",
      b: 1700000000000,
      c: "0000000000000000",
      d: "41111111111111110000000000",
      e: "v4111111111111111",
      f: "4.111111111111111",
    };
    expect(of(cards, kept).text).toBe(JSON.stringify(kept));
  });

  it("a field goes at any depth, with all that is in it", () => {
    expect(of(redactorOf({ fields: ["Customer-SSN"] }), { a: [{ customer_ssn: { raw: "078-05-1120", n: 7 }, ssn: "x" }] }).value).toEqual({
      a: [
        { customer_ssn: { raw: `[redacted Customer-SSN #${mark("078-05-1120")}]`, n: `[redacted Customer-SSN #${mark("7")}]` }, ssn: "x" },
      ],
    });
  });

  it("nothing goes that the policy does not name, and what it names goes alone", () => {
    const given = {
      key: "sk-ant-api03-aaaaBBBBcccc1111",
      mail: "ann@example.com",
      card: "4111111111111111",
      number: 4111111111111111,
      customer_ssn: "078-05-1120",
    };
    const gone = (policy: Partial<RedactionPolicy>) => {
      const { value } = of(redactorOf(policy), given);
      return (Object.keys(given) as (keyof typeof given)[]).filter((name) => value[name] !== given[name]);
    };
    expect(gone({ credentials: true })).toEqual(["key"]);
    expect(gone({ emails: true })).toEqual(["mail"]);
    expect(gone({ cards: true })).toEqual(["card", "number"]);
    expect(gone({ fields: ["Customer-SSN"] })).toEqual(["customer_ssn"]);
    expect(gone({ emails: true, fields: ["Customer-SSN"] })).toEqual(["mail", "customer_ssn"]);
  });

  it("of what overlaps, all is gone", () => {
    const text = "postgres://ann:4111111111111111@example.com/x?password=ann@example.com";
    const clean = of(everything, { text }).value.text;
    for (const part of ["4111", "ann@", "1111@example"]) expect(clean).not.toContain(part);
  });
});

const secrets = [...Object.values(forms), "ann@example.com", "4111111111111111"];
const holding = fc
  .tuple(fc.constantFrom(...secrets), fc.array(fc.oneof(fc.constant("list"), fc.string()), { maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }))
  .map(([secret, path, beside]) => ({
    secret,
    value: path.reduce<Json>(
      (inner, key) => (key === "list" ? [beside as Json, inner] : { [key]: inner, beside: beside as Json }),
      `see ${secret} there`,
    ),
  }));

describe("any JSON", () => {
  it("a secret anywhere in it is in neither the text nor the value", () => {
    fc.assert(
      fc.property(holding, fc.integer({ min: 0, max: 3 }), ({ secret, value }, wraps) => {
        let whole = value;
        for (let wrap = 0; wrap < wraps; wrap++) whole = { arguments: JSON.stringify(whole) };
        const { text, value: clean, count } = of(everything, whole);
        expect(count).toBeGreaterThan(0);
        const escaped = JSON.stringify(secret).slice(1, -1);
        expect(text.includes(escaped) || JSON.stringify(clean).includes(escaped)).toBe(false);
        expect(JSON.parse(text)).toEqual(clean);
      }),
      { numRuns: 500 },
    );
  });

  it("is given back as it is when nothing of it had to go, and loses nothing else when something had", () => {
    const text = '{"b":9007199254740993,"2":1.0,"1":-0,"b":2,"x":"sk-ant-api03-aaaaBBBBcccc1111"}';
    expect(credentials.json(text, JSON.parse(text)).text).toBe(
      `{"b":9007199254740993,"2":1.0,"1":-0,"b":2,"x":"[redacted credential #${mark("sk-ant-api03-aaaaBBBBcccc1111")}]"}`,
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const given = JSON.stringify(value);
        const { text: kept, count } = credentials.json(given, value as Json);
        if (count === 0) expect(kept).toBe(given);
        else expect(stringifyExact(parseExact(kept))).toBe(kept);
      }),
    );
  });

  it("that was redacted once is not redacted again", () => {
    fc.assert(
      fc.property(holding, ({ value }) => {
        const once = of(everything, value);
        expect(everything.json(once.text, once.value)).toEqual({ ...once, count: 0 });
      }),
    );
  });

  it("keeps what stands for a value, and takes what stands beside it", () => {
    const once = of(credentials, { said: `password=${forms.github} key=${forms.npm}` }).value.said;
    expect(once).toBe(
      `password=[redacted credential #${mark(forms.github as string)}] key=[redacted credential #${mark(forms.npm as string)}]`,
    );
    expect(credentials.text(once)).toBe(once);
    const beside = `${once} ${forms.gitlab} password=[redacted own #00000000] ${forms.aws}`;
    expect(credentials.text(beside)).toBe(
      `${once} [redacted credential #${mark(forms.gitlab as string)}] password=[redacted own #00000000] [redacted credential #${mark(forms.aws as string)}]`,
    );
  });

  it("takes no longer for being made to", () => {
    const bombs = [
      "sk-",
      "a",
      "eyJ",
      "eyJaaaaaaaa.",
      "-----BEGIN PRIVATE KEY-----",
      ":",
      "://a:",
      "a@",
      "a@a.",
      "1 ",
      "1-1",
      "password=",
      'pwd="',
      "Bearer ",
    ];
    for (const bomb of [...bombs, "a=", '\\"', '{"a":', "[redacted x #00000000]", "[redacted ", "ghp_aaa", "x.", "=", "token ", "[["]) {
      const s = bomb.repeat(Math.ceil(1_000_000 / bomb.length));
      const { value } = of(everything, { password: "p", s });
      expect(value.password).toContain("redacted");
    }
  }, 30_000);
});

it("what is found in a text goes in whatever order it was found: what overlaps as one, what only touches apart", () => {
  const spans = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 6 })), { maxLength: 30 });
  fc.assert(
    fc.property(fc.string({ minLength: 46, maxLength: 46 }), spans, fc.boolean(), (text, lengths, alone) => {
      const found = lengths.map(([from, length]) => ({ from, to: from + length, name: "own" }));
      const policy = { ...defaultRedaction, credentials: !alone, patterns: [{ name: "own", pattern: "x" }] };
      fc.pre(credentials.text(text) === text);
      const redactor = openRedactor(policy, { mark, own: () => found }) as Redactor;
      let expected = "";
      for (let at = 0; at < text.length; ) {
        // As far as one that covers the place before the end goes on.
        let to = found.some(({ from }) => from === at) ? at + 1 : at;
        while (found.some((one) => one.from < to && one.from >= at && one.to > to)) to += 1;
        expected += to === at ? text[at] : `[redacted own #${mark(text.slice(at, to))}]`;
        at = Math.max(to, at + 1);
      }
      expect(redactor.text(text)).toBe(expected);
    }),
  );
});

it("a policy that names nothing has nothing to do", () => {
  expect(openRedactor({ credentials: false, emails: false, cards: false, fields: [], patterns: [] }, { mark })).toBeNull();
});
