/** Fewer characters begin the ids of too many runs to tell any of them. */
const leastLetters = 3;
/** Of our own ids the first twelve digits are their time: fewer than eight of them begin those of weeks. */
const leastDigits = 8;

/** Whether a run is found by the beginning of its sender's id: written as it is, of three characters and more; shorter, only whole. */
export function mayBeginId(text: string): boolean {
  return [...text].length >= leastLetters;
}

/** The first and the last of our own ids (UUIDs) that begin like this; null when it is no such beginning, or a short one. */
export function ownIdsFrom(text: string): { readonly first: string; readonly last: string } | null {
  if (text.length < leastDigits || text.length > 36 || !/^[0-9a-f-]+$/i.test(text)) return null;
  const [first, last] = ["0", "f"].map((digit) => `${text.toLowerCase()}${form.slice(text.length).replaceAll("x", digit)}`);
  return first && last && isForm(first) ? { first, last: last as string } : null;
}

const form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

function isForm(id: string): boolean {
  return [...form].every((char, at) => (char === "-") === (id[at] === "-"));
}

/** Whether a run with these ids is found by this text. */
export function foundByIds(run: { readonly id: string; readonly externalId: string }, text: string): boolean {
  if (run.externalId === text || (mayBeginId(text) && run.externalId.startsWith(text))) return true;
  const own = ownIdsFrom(text);
  return own !== null && own.first <= run.id && run.id <= own.last;
}
