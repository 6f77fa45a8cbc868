/**
 * Credentials recognised by form. Each starts where no letter, digit, `_` or `-` precedes it and consumes exactly those characters, so
 * every character is scanned once or twice, whatever the text: 4 MB of `sk-sk-sk-` must not take longer than 4 MB of prose. Forms as
 * documented by their issuers.
 */
const forms = [
  // OpenAI, Anthropic and others that adopted the form; a digit is required, so that kebab-case names are left alone.
  "sk-(?=[\\w-]*\\d)[\\w-]{20,}",
  // Stripe, and webhook signing secrets.
  "[rs]k_(?:live|test)_\\w{16,}",
  "whsec_[\\w+/=-]{16,}",
  // GitHub, GitLab.
  "gh[pousr]_[A-Za-z0-9]{36,}",
  "github_pat_\\w{22,}",
  "glpat-[\\w-]{20,}",
  // Slack: tokens, and the URLs that are secrets themselves.
  "xox[abeoprs]-[\\w-]{10,}",
  "xapp-[\\w-]{20,}",
  "hooks\\.slack\\.com/(?:services|triggers|workflows)/[\\w/-]{20,}",
  // Amazon, Google, npm, Hugging Face, SendGrid, DigitalOcean, Shopify.
  "(?:AKIA|ASIA)[A-Z0-9]{16}(?![\\w-])",
  "AIza[\\w-]{35}",
  "ya29\\.[\\w-]{20,}",
  "npm_[A-Za-z0-9]{36}",
  "hf_[A-Za-z0-9]{30,}",
  "SG\\.[\\w-]{16,}\\.[\\w-]{16,}",
  "do[opr]_v1_[a-f0-9]{64}",
  "shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
  // JSON Web Tokens (RFC 7519): both parts start with {"
  "eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]*",
  // Ours.
  "wf_(?:local_)?[\\w-]{24,}",
];

/** Recognised by form alone. */
export const credentialForms = new RegExp(`(?<![\\w-])(?:${forms.join("|")})`, "g");

/** The credentials of an Authorization header, wherever one is written. */
export const authorizationForm = /(?<=\b(?:bearer|basic) {1,3})(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}/gi;

/**
 * The password in a URL: `postgres://user:password@host`. Slashes may be escaped, as in some JSON and in JSON within JSON. An @ in a
 * password should be escaped but is not always. The lengths of its parts are bounded because of texts that are all colons.
 */
export const addressPassword = /(?<=:(?:\\{0,16}\/){2}[^\s:/@"'<>]{0,100}:)[^\s:/"'<>]{1,200}(?=@[^\s@/])/g;

const keyBegin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const keyEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** Positions of PEM private keys as [from, to]; one without an end extends to the end of the text. */
export function privateKeys(text: string): [number, number][] {
  const found: [number, number][] = [];
  keyBegin.lastIndex = 0;
  for (let begin = keyBegin.exec(text); begin; begin = keyBegin.exec(text)) {
    keyEnd.lastIndex = keyBegin.lastIndex;
    const end = keyEnd.exec(text);
    const to = end ? keyEnd.lastIndex : text.length;
    found.push([begin.index, to]);
    keyBegin.lastIndex = to;
  }
  return found;
}

/** How all but URLs begin: after a non-word character or, in JSON text, after the letter of an escape such as `\\n`. */
const beginnings = new RegExp(
  `[^\\w-][nrtbf]?(?:${[
    ...[
      "sk-",
      "[rs]k_",
      "whsec_",
      "gh[pousr]_",
      "github_pat_",
      "glpat-",
      "xox[a-z]-",
      "xapp-",
      "hooks\\.slack",
      "A[KS]IA",
      "AIza",
      "ya29\\.",
    ],
    ...["npm_", "hf_", "SG\\.", "do[opr]_v1_", "shp", "eyJ", "wf_", "PRIVATE KEY", "[Bb]earer ", "BEARER ", "[Bb]asic ", "BASIC "],
  ].join("|")})`,
);
const addressBeginning = /:(?:\\{0,33}\/){2}[^\s:/@"'<>]{0,100}:[^\s:/@"'<>]{1,200}@/;

/**
 * Whether JSON text may contain one: true for every text in which anything above is found, and for few others. Every event goes through it,
 * so this is the cost of redaction: it looks at little more than the places where a word begins.
 */
export function mayHoldCredentials(text: string): boolean {
  return beginnings.test(text) || (text.includes("@") && addressBeginning.test(text));
}
