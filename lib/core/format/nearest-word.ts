/** The word that was probably meant, or undefined if none is close: at most a third of its letters, and at most two, may differ. */
export function nearestWord(written: string, words: readonly string[]): string | undefined {
  const near = words
    .map((word) => ({ word, off: distance(written.slice(0, longest).toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, off }) => off <= Math.min(2, Math.ceil(word.length / 3), word.length - 1))
    .sort((one, other) => one.off - other.off);
  return near[0]?.word;
}

/** Anything longer is no typo of one of ours, and comparing it would take as long as its sender likes. */
const longest = 60;

/** Letters to insert, omit, change or swap with a neighbour. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, at(before, j - 2) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return at(row, other.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] as number;
}
