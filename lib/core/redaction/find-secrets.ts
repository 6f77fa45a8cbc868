import { addressPassword, authorizationForm, credentialForms, mayHoldCredentials, privateKeys } from "./credentials";
import { mayNameSecrets } from "./field-names";
import { namedIn } from "./named-values";

/** A part of a text to redact, and the name that replaces it. */
export type Found = { readonly from: number; readonly to: number; readonly name: string };

/** All matches of a regular expression with the g flag. `matchAll` would clone the expression for every text. */
export function matchesOf(form: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  form.lastIndex = 0;
  for (let match = form.exec(text); match; match = form.exec(text)) found.push(match);
  return found;
}

function within(match: RegExpExecArray, name: string): Found {
  return { from: match.index, to: match.index + match[0].length, name };
}

/** Credentials within a text, by their form or by the name they are assigned to. */
export function credentialsIn(text: string): Found[] {
  // There may be a hundred thousand: too many for one call's arguments.
  const found: Found[] = mayNameSecrets.test(text) ? namedIn(text) : [];
  // Like the text of a JSON string, which starts after a quote.
  if (mayHoldCredentials(`"${text}`)) {
    for (const [from, to] of privateKeys(text)) found.push({ from, to, name: "credential" });
    for (const form of [credentialForms, authorizationForm, addressPassword])
      for (const match of matchesOf(form, text)) found.push(within(match, "credential"));
  }
  return found;
}

/**
 * Email addresses as used today: a local part of at most 64 characters (RFC 5321), and a domain with a dot that ends in letters. Letters
 * may be followed by combining marks, and the @ may be percent-encoded, as in a URL.
 */
const email =
  /(?<![\p{L}\p{M}\p{N}._%+'-])[\p{L}\p{M}\p{N}._%+'-]{1,64}(?:@|%40)(?:[\p{L}\p{M}\p{N}-]{1,63}\.){1,8}[\p{L}\p{M}]{2,24}(?![\p{L}\p{M}\p{N}-])/gu;

export function mayHoldEmails(text: string): boolean {
  return text.includes("@") || text.includes("%40");
}

export function emailsIn(text: string): Found[] {
  return mayHoldEmails(text) ? matchesOf(email, text).map((match) => within(match, "e-mail")) : [];
}
