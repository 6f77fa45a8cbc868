import type { Found } from "./find-secrets";

const enough = /\d(?:[ -]?\d){12}/;
/** How cards group their numbers; a group beside one is the expiry date or the security code. If two layouts fit, the longer counts. */
const printed: readonly (readonly number[])[] = [
  [4, 4, 4, 4, 3],
  [4, 4, 4, 4],
  [4, 6, 5],
  [4, 6, 4],
];
const shortest = 13;
const longest = 19;
/** Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay, Maestro (ISO/IEC 7812). */
const issuer = /^(?:4|5[0-9]|2[2-7]|3[0-9]|6)/;

type Group = { readonly from: number; readonly to: number };

/** Card numbers, with or without single blanks and dashes. */
export function cardsIn(text: string): Found[] {
  if (!enough.test(text)) return [];
  const found: Found[] = [];
  let row: Group[] = [];
  for (let at = 0; at < text.length; at++) {
    if (!isDigit(text, at)) continue;
    const from = at;
    while (isDigit(text, at + 1)) at += 1;
    const last = row.at(-1);
    if (last && (from !== last.to + 1 || !isWithin(text, last.to))) {
      addCards(text, row, found);
      row = [];
    }
    row.push({ from, to: at + 1 });
  }
  addCards(text, row, found);
  return found;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function isWithin(text: string, at: number): boolean {
  return text[at] === " " || text[at] === "-";
}

/** A row of numbers may be a single card's, or contain some among other numbers. */
function addCards(text: string, row: readonly Group[], found: Found[]): void {
  for (let first = 0; first < row.length; ) {
    const count = countsFrom(row, first).find((count) => isCardAt(text, row, { first, count })) ?? 0;
    const [from, to] = [row[first]?.from ?? 0, row[first + count - 1]?.to ?? 0];
    if (count > 0) found.push({ from, to, name: "card" });
    first += Math.max(1, count);
  }
}

/** How many groups from the first on may form a card number, longest first. */
function countsFrom(row: readonly Group[], first: number): number[] {
  const length = (group: Group | undefined) => (group ? group.to - group.from : 0);
  const counts = first === 0 && row.length <= longest ? [row.length] : [];
  if (length(row[first]) === 4)
    for (const groups of printed) if (groups.every((digits, index) => digits === length(row[first + index]))) counts.push(groups.length);
  if (length(row[first]) >= shortest) counts.push(1);
  return counts;
}

/** Whether these groups are a card number, and not part of a longer number or an id. */
function isCardAt(text: string, row: readonly Group[], { first, count }: { first: number; count: number }): boolean {
  const from = row[first]?.from ?? 0;
  const to = row[first + count - 1]?.to ?? from;
  if (/[\w.-]/.test(text[from - 1] ?? "") || /^(?:[\w-]|\.\d)/.test(text.slice(to, to + 2))) return false;
  return isCard(text.slice(from, to).replace(/[ -]/g, ""));
}

/** A card number by its length, issuer and check digit (Luhn, ISO/IEC 7812-1). */
export function isCard(number: string): boolean {
  if (number.length < shortest || number.length > longest || !issuer.test(number) || /^(\d)\1*$/.test(number)) return false;
  let sum = 0;
  for (let place = 1; place <= number.length; place++) {
    const digit = Number(number[number.length - place]);
    sum += place % 2 === 1 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}
