/** A field's name without what people write differently: `X-Api-Key`, `x_api_key` and `xApiKey` are one. */
export function fieldName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** Ends of names, so that `db_password` and `AWS_SECRET_ACCESS_KEY` are found; none of them ends a name that holds a figure or a choice. */
const secretEnd = new RegExp(
  `(?:${[
    ...["password", "passwd", "passphrase", "pwd", "secret", "secretkey", "apikey", "accesskey", "privatekey", "signingkey"],
    ...["encryptionkey", "accesstoken", "refreshtoken", "idtoken", "authtoken", "bearertoken", "sessiontoken", "apitoken"],
    ...["authorization", "setcookie", "connectionstring"],
  ].join("|")})$`,
);
/** Too short to be looked for at the end of a longer name: `cookie` ends `has_cookie`. */
const secretNames: ReadonlySet<string> = new Set(["cookie", "jwt", "credential", "credentials"]);
/** Names of many things, such as the next word of a model: only what looks like a credential is one there. */
const doubtfulNames: ReadonlySet<string> = new Set(["token", "pass", "auth"]);

export type Secrecy = "secret" | "doubtful";

/** Whether a field of this name holds a credential: always, when its value looks like one, or not. */
export function secrecyOf(name: string): Secrecy | null {
  const plain = fieldName(name);
  if (secretNames.has(plain) || secretEnd.test(plain)) return "secret";
  return doubtfulNames.has(plain) ? "doubtful" : null;
}

/** In a shell `PWD` is where it stands. */
const folderNames: ReadonlySet<string> = new Set(["pwd", "oldpwd"]);
const path = /^(?:\/|~|\.{1,2}(?:$|\/)|[A-Za-z]:[\\/])/;

/** Whether this is no password, but the folder that a shell is in. */
export function isWorkingFolder(name: string, value: string): boolean {
  return path.test(value) && folderNames.has(fieldName(name));
}

/** Long, in one piece, and with a digit. */
export function looksRandom(value: string): boolean {
  return value.length >= 16 && /\d/.test(value) && !/\s/.test(value);
}

/** May be left out by a text that names no such field, however it is written: what `secrecyOf` and assignments need looks like this in JSON. */
export const mayNameSecrets =
  /(?:passw(?:or)?d|passphrase|pwd|secret|token|jwt|cookie|authorization|credentials?|pass|auth|(?:api|access|private|signing|encryption|secret)[^a-z0-9"]{0,3}key|connection[^a-z0-9"]{0,3}string)(?:[^a-z0-9=:]|\\t){0,40}[=:]/i;
