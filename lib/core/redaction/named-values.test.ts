import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isJsonObject, type Json } from "../json";
import { defaultRedaction } from "./policy";
import { openRedactor, type Redactor } from "./redactor";

const mark = (value: string) => createHash("sha256").update(value).digest("hex").slice(0, 8);
const redactor = openRedactor(defaultRedaction, { mark }) as Redactor;
const clean = (value: Json): Json => redactor.json(JSON.stringify(value), value).value;
const gone = (secret: string) => `[redacted credential #${mark(secret)}]`;
const textOf = (text: string): string => {
  const value = clean({ text });
  return isJsonObject(value) && typeof value.text === "string" ? value.text : "";
};

describe("a value that is given to the name of a credential within a text (G21: secrets are not kept in clear)", () => {
  // Each text with what goes of it.
  const cases: Readonly<Record<string, readonly (readonly [text: string, secret: string])[]>> = {
    "goes to its closing quote, with blanks and signs in it": [
      ['mysql --password="correct horse; battery" -e x', "correct horse; battery"],
      ["export DB_PASSWORD='tr&ouble, <here>' && ls", "tr&ouble, <here>"],
      ["password: `hun ter`", "hun ter"],
      ['sent {"user": "bot", "password": "hunter"} twice', "hunter"],
      ["got {'api_key': 'abc'}", "abc"],
    ],
    "goes from JSON that was written into a string, however often": [
      ['curl -d "{\\"password\\": \\"hunter2\\"}" https://x', "hunter2"],
      ['echo "{\\\\\\"client_secret\\\\\\":\\\\\\"hunter two\\\\\\"}"', "hunter two"],
      ['cut short: {"a":1,"password":"correct horse","b', "correct horse"],
    ],
    "goes from what other languages write": [
      ['config = ["password" => "hunter2"]', "hunter2"],
      ['secret := "hunter2"', "hunter2"],
      ["aws_secret_access_key      =   wJalrXUtnFEMI", "wJalrXUtnFEMI"],
      ["API key: 0123456789abcdef0123", "0123456789abcdef0123"],
      ["Client Secret = abcdefgh", "abcdefgh"],
    ],
    "goes from a header whole": [
      ["curl -H 'Authorization: Basic dXNlcjpwYXNz' x", "dXNlcjpwYXNz"],
      ["> Authorization: Token 9944b09199c62bcf9418ad846dd0e4bb\n> Accept: */*", "9944b09199c62bcf9418ad846dd0e4bb"],
      ["> Cookie: theme=dark; sessionid=38afes7a8\n> Accept: */*", "theme=dark; sessionid=38afes7a8"],
    ],
    "goes whole, however long it is": [[`AWS_SESSION_TOKEN=${"IQoJb3JpZ2lu+/".repeat(80)} aws s3 ls`, "IQoJb3JpZ2lu+/".repeat(80)]],
    "goes from addresses with escaped slashes, and with an @ in it": [
      ["say postgres:\\/\\/bot:hunter2@db/main", "hunter2"],
      ["redis://:p@ss@cache:6379/0", "p@ss"],
    ],
  };
  for (const [what, texts] of Object.entries(cases))
    it(what, () => {
      for (const [text, secret] of texts) expect(textOf(text)).toBe(text.replace(secret, () => gone(secret)));
    });

  it("goes from an address in JSON in JSON, whose slashes are escaped by who wrote it", () => {
    const inner = '{"url":"postgres:\\/\\/bot:hunter2@db\\/main"}';
    for (const text of [JSON.stringify({ arguments: inner }), JSON.stringify({ arguments: inner }).replaceAll("/", "\\/")])
      expect(redactor.json(text, JSON.parse(text)).text).not.toContain("hunter2");
  });

  it("goes as often as it stands there", () => {
    const { s } = clean({ s: "pwd=aaaa ".repeat(200_000) }) as { s: string };
    expect(s).not.toContain("aaaa");
    expect(s.split(gone("aaaa"))).toHaveLength(200_001);
  });

  it("ends where its quote does: in its line, behind as many backslashes as it began with, and no further away than values are", () => {
    const far = "x".repeat(4_000);
    const { s } = clean({ s: `password="a\\"b c" password=\\"d "e\\" password="f g\npwd="${far}" h` }) as { s: string };
    for (const value of ['a\\"b c', 'd "e']) expect(s).toContain(gone(value));
    expect(s).toContain(" g\n");
    expect(s).toContain('" h');
  });

  it("takes no longer for being made to", () => {
    for (const bomb of [
      'password="',
      'pwd="',
      'pwd="$X ',
      "password='x",
      'password\\":\\"',
      "token=",
      "pwd:=",
      "Cookie: a=",
      "Authorization: Basic ",
      "api ",
      "secret secret ",
    ]) {
      const s = bomb.repeat(Math.ceil(1_000_000 / bomb.length));
      expect(clean({ password: "p", s })).toMatchObject({ password: gone("p") });
    }
  }, 30_000);
});

describe("what only stands in the place of a credential stays", () => {
  it("where a shell is", () => {
    const kept = {
      pwd: "/workspace/project-2024/app",
      PWD: "/",
      OLDPWD: "~/src",
      env: "HOME=/root\nPWD=/workspace/project-2024/app\nOLDPWD=/tmp",
    };
    expect(clean(kept)).toEqual(kept);
    expect(clean({ pwd: "hunter2", DB_PWD: "/slash" })).toEqual({ pwd: gone("hunter2"), DB_PWD: gone("/slash") });
    expect(textOf("PWD=hunter2")).toBe(`PWD=${gone("hunter2")}`);
  });

  it("code that says where it comes from", () => {
    for (const code of [
      "const password = req.body.password;",
      'client = Client(api_key=os.getenv("OPENAI_API_KEY"), password=None)',
      'password = os.environ["DB_PASSWORD"]',
      "connect(user=user, password=password, secret=settings.client_secret)",
      'mysql --password="$DB_PASSWORD" -p=$X && curl -H "Authorization: Bearer $TOKEN"',
      "password=$(cat /run/secrets/db)",
      ['api_key: "$', '{{ secrets.API_KEY }}"'].join(""),
      "login = (password) => hash(password); secret => secret.id",
      "password = getpass.getpass()",
    ])
      expect(textOf(code)).toBe(code);
  });

  it("prose about it", () => {
    for (const text of [
      "Password: required. Authorization: Basic access control lists. Cookie: chocolate. API key: none yet.",
      "Authorization: Bearer tokens are short-lived. Your token: see below.",
    ])
      expect(textOf(text)).toBe(text);
  });
});
