/** Fewer characters match the ids of too many runs to be useful. */
const leastLetters = 3;
/** The first twelve digits of our own ids are their time: fewer than eight cover weeks. */
const leastDigits = 8;

/** Whether a run is found by a prefix of its sender's id: case-sensitive, from three characters on; anything shorter must match whole. */
export function mayBeginId(text: string): boolean {
  return [...text].length >= leastLetters;
}

/** The first and last of our own ids (UUIDs) with this prefix; null if it is not a valid prefix, or too short. */
export function ownIdsFrom(text: string): { readonly first: string; readonly last: string } | null {
  if (text.length < leastDigits || text.length > 36 || !/^[0-9a-f-]+$/i.test(text)) return null;
  const [first, last] = ["0", "f"].map((digit) => `${text.toLowerCase()}${form.slice(text.length).replaceAll("x", digit)}`);
  return first && last && isForm(first) ? { first, last: last as string } : null;
}

const form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

function isForm(id: string): boolean {
  return [...form].every((char, at) => (char === "-") === (id[at] === "-"));
}

/** Whether this text finds a run with these ids. */
export function foundByIds(run: { readonly id: string; readonly externalId: string }, text: string): boolean {
  if (run.externalId === text || (mayBeginId(text) && run.externalId.startsWith(text))) return true;
  const own = ownIdsFrom(text);
  return own !== null && own.first <= run.id && run.id <= own.last;
}
