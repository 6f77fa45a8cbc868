/**
 * Credentials that are known by their form. Each begins where no letter, digit, `_` or `-` stands before it and then takes exactly those, so
 * that every character is looked at once or twice, whatever the text: 4 MB of `sk-sk-sk-` must not take longer than 4 MB of prose.
 * Forms as their issuers document them.
 */
const forms = [
  // OpenAI, Anthropic and others that took the form over; with a digit, so that a name in kebab-case stays.
  "sk-(?=[\\w-]*\\d)[\\w-]{20,}",
  // Stripe, and webhook signing secrets.
  "[rs]k_(?:live|test)_\\w{16,}",
  "whsec_[\\w+/=-]{16,}",
  // GitHub, GitLab.
  "gh[pousr]_[A-Za-z0-9]{36,}",
  "github_pat_\\w{22,}",
  "glpat-[\\w-]{20,}",
  // Slack: tokens, and the addresses that are secrets themselves.
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
  // JSON Web Tokens (RFC 7519): both parts begin with {"
  "eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]*",
  // Ours.
  "wf_(?:local_)?[\\w-]{24,}",
];

/** By their form alone. */
export const credentialForms = new RegExp(`(?<![\\w-])(?:${forms.join("|")})`, "g");

/** What an Authorization header carries, wherever one is written down. */
export const authorizationForm = /(?<=\b(?:bearer|basic) {1,3})(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}/gi;

/**
 * The password of an address: `postgres://user:password@host`. Slashes may be escaped, as some write them in JSON, and JSON in JSON. An @ in
 * a password should be written otherwise, and is not always. Ends of its parts are bounded, for texts that are all colons.
 */
export const addressPassword = /(?<=:(?:\\{0,16}\/){2}[^\s:/@"'<>]{0,100}:)[^\s:/"'<>]{1,200}(?=@[^\s@/])/g;

const keyBegin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const keyEnd = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;

/** Where private keys in PEM lie, as [from, to]; one without an end goes on to the end of the text. */
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

/** What all but addresses begin with: behind what is no part of a word, or, in JSON text, behind the letter of an escape such as `\\n`. */
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
 * Whether JSON text may hold one: true for every text in which something above is found, and for few others. Every event is asked, so this is
 * what redaction costs: it looks at little more than the places where a word begins.
 */
export function mayHoldCredentials(text: string): boolean {
  return beginnings.test(text) || (text.includes("@") && addressBeginning.test(text));
}
