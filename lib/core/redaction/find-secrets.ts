import { addressPassword, authorizationForm, credentialForms, mayHoldCredentials, privateKeys } from "./credentials";
import { mayNameSecrets } from "./field-names";
import { namedIn } from "./named-values";

/** A part of a text that is taken out, and the name that stands for it. */
export type Found = { readonly from: number; readonly to: number; readonly name: string };

/** All matches of a form with the flag g. `matchAll` would make the form anew for every text. */
export function matchesOf(form: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  form.lastIndex = 0;
  for (let match = form.exec(text); match; match = form.exec(text)) found.push(match);
  return found;
}

function within(match: RegExpExecArray, name: string): Found {
  return { from: match.index, to: match.index + match[0].length, name };
}

/** Credentials within a text: by their form, or by the name that they are given to. */
export function credentialsIn(text: string): Found[] {
  // There may be a hundred thousand: more than a call takes arguments.
  const found: Found[] = mayNameSecrets.test(text) ? namedIn(text) : [];
  // As the text of a string of JSON, which begins behind a quote.
  if (mayHoldCredentials(`"${text}`)) {
    for (const [from, to] of privateKeys(text)) found.push({ from, to, name: "credential" });
    for (const form of [credentialForms, authorizationForm, addressPassword])
      for (const match of matchesOf(form, text)) found.push(within(match, "credential"));
  }
  return found;
}

/** As addresses are written today: a local part of 64 characters at most (RFC 5321), a domain with a point in it that ends in letters. */
const email = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}-])/gu;

export function emailsIn(text: string): Found[] {
  return text.includes("@") ? matchesOf(email, text).map((match) => within(match, "e-mail")) : [];
}

const cardForm = /(?<![\w.-])\d(?:[ -]?\d){11,18}(?![\w-]|\.\d)/g;
/** Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay, Maestro (ISO/IEC 7812). */
const issuer = /^(?:4|5[0-9]|2[2-7]|3[0-9]|6)/;

export function cardsIn(text: string): Found[] {
  return matchesOf(cardForm, text)
    .filter((match) => isCard(match[0].replace(/[ -]/g, "")))
    .map((match) => within(match, "card"));
}

/** A card's number by its length, its issuer and its check digit (Luhn, ISO/IEC 7812-1). */
export function isCard(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || !issuer.test(digits) || /^(\d)\1*$/.test(digits)) return false;
  let sum = 0;
  for (let place = 1; place <= digits.length; place++) {
    const digit = Number(digits[digits.length - place]);
    sum += place % 2 === 1 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}
