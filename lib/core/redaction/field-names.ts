/** A field's name without spelling differences: `X-Api-Key`, `x_api_key` and `xApiKey` are equal. */
export function fieldName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** Name endings, so that `db_password` and `AWS_SECRET_ACCESS_KEY` are found; none of them ends a name that holds a figure or a choice. */
const secretEnd = new RegExp(
  `(?:${[
    ...["password", "passwd", "passphrase", "pwd", "secret", "secretkey", "apikey", "accesskey", "privatekey", "signingkey"],
    ...["encryptionkey", "accesstoken", "refreshtoken", "idtoken", "authtoken", "bearertoken", "sessiontoken", "apitoken"],
    ...["authorization", "setcookie", "connectionstring"],
  ].join("|")})$`,
);
/** Too short to match at the end of a longer name: `cookie` ends `has_cookie`. */
const secretNames: ReadonlySet<string> = new Set(["cookie", "jwt", "credential", "credentials"]);
/** Names used for many things, such as a model's next word: only a value that looks like a credential counts. */
const doubtfulNames: ReadonlySet<string> = new Set(["token", "pass", "auth"]);

export type Secrecy = "secret" | "doubtful";

/** Whether a field of this name holds a credential: always, only if its value looks like one, or never. */
export function secrecyOf(name: string): Secrecy | null {
  const plain = fieldName(name);
  if (secretNames.has(plain) || secretEnd.test(plain)) return "secret";
  return doubtfulNames.has(plain) ? "doubtful" : null;
}

/** In a shell, `PWD` is the working directory. */
const folderNames: ReadonlySet<string> = new Set(["pwd", "oldpwd"]);
const path = /^(?:\/|~|\.{1,2}(?:$|\/)|[A-Za-z]:[\\/])/;

/** Whether this is a shell's working directory rather than a password. */
export function isWorkingFolder(name: string, value: string): boolean {
  return path.test(value) && folderNames.has(fieldName(name));
}

/** Long, without white space, and with a digit. */
export function looksRandom(value: string): boolean {
  return value.length >= 16 && /\d/.test(value) && !/\s/.test(value);
}

/**
 * If this does not match a text, it names no such field, however it is written: everything that `secrecyOf` and assignments look for
 * matches it in JSON.
 */
export const mayNameSecrets =
  /(?:passw(?:or)?d|passphrase|pwd|secret|token|jwt|cookie|authorization|credentials?|pass|auth|(?:api|access|private|signing|encryption|secret)[^a-z0-9"]{0,3}key|connection[^a-z0-9"]{0,3}string)(?:[^a-z0-9=:]|\\t){0,40}[=:]/i;
