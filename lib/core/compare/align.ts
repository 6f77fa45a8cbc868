/** A row of two aligned sequences: an index into each, null if that side has nothing here. */
export type AlignedPair = { readonly a: number | null; readonly b: number | null; readonly same: boolean };

/** Half-open ranges of both sequences. */
type Stretch = { readonly a0: number; readonly a1: number; readonly b0: number; readonly b1: number };
type Anchor = { readonly a: number; readonly b: number };
type Work = Stretch & { readonly anchored?: true };

/** Up to this many cells, a range is aligned with a full table. */
const exactCells = 250_000;
/** Two long ranges are aligned exactly if at most this many elements are in only one of them. */
const mostEdits = 800;

/**
 * Aligns two sequences so that as many equal elements as possible share a row: a longest common subsequence if both are short or very
 * similar, else cut at anchors (elements unique on both sides, else the k-th occurrence of the same one), which stays near linear. Every
 * element appears exactly once, in its own order. Differing elements at the same place share a row with `same: false`.
 */
export function align(a: readonly string[], b: readonly string[]): AlignedPair[] {
  const pairs: AlignedPair[] = [];
  const stack: Work[] = [{ a0: 0, a1: a.length, b0: 0, b1: b.length }];
  for (let work = stack.pop(); work; work = stack.pop()) {
    if (work.anchored) {
      pairs.push({ a: work.a0, b: work.b0, same: true });
      continue;
    }
    const parts = split(a, b, work, pairs);
    for (let i = parts.length - 1; i >= 0; i--) stack.push(parts[i] as Work);
  }
  return pairs;
}

/** Emits this range's rows, or returns its smaller parts in order. */
function split(a: readonly string[], b: readonly string[], work: Stretch, pairs: AlignedPair[]): Work[] {
  let { a0, a1, b0, b1 } = work;
  for (; a0 < a1 && b0 < b1 && a[a0] === b[b0]; a0++, b0++) pairs.push({ a: a0, b: b0, same: true });
  const tail: Work[] = [];
  for (; a0 < a1 && b0 < b1 && a[a1 - 1] === b[b1 - 1]; a1--, b1--) tail.push({ a0: a1 - 1, a1, b0: b1 - 1, b1, anchored: true });
  tail.reverse();
  const rest = { a0, a1, b0, b1 };
  const cells = (a1 - a0) * (b1 - b0);
  const anchors = cells === 0 ? [] : cells <= exactCells ? commonOf(a, b, rest) : (likenessOf(a, b, rest) ?? anchorsOf(a, b, rest));
  if (anchors.length === 0) {
    differ(rest, pairs);
    return tail;
  }
  const parts: Work[] = [];
  for (const { a: at, b: bt } of anchors) {
    parts.push({ a0, a1: at, b0, b1: bt }, { a0: at, a1: at + 1, b0: bt, b1: bt + 1, anchored: true });
    a0 = at + 1;
    b0 = bt + 1;
  }
  parts.push({ a0, a1, b0, b1 }, ...tail);
  return parts;
}

function differ({ a0, a1, b0, b1 }: Stretch, pairs: AlignedPair[]): void {
  for (let a = a0, b = b0; a < a1 || b < b1; a++, b++) pairs.push({ a: a < a1 ? a : null, b: b < b1 ? b : null, same: false });
}

/** A longest common subsequence, exact. */
function commonOf(a: readonly string[], b: readonly string[], { a0, a1, b0, b1 }: Stretch): Anchor[] {
  const width = b1 - b0 + 1;
  const lengths = new Uint32Array((a1 - a0 + 1) * width);
  for (let i = a1 - a0 - 1; i >= 0; i--) {
    for (let j = b1 - b0 - 1; j >= 0; j--) {
      const at = i * width + j;
      const skipped = Math.max(lengths[at + width] as number, lengths[at + 1] as number);
      lengths[at] = a[a0 + i] === b[b0 + j] ? (lengths[at + width + 1] as number) + 1 : skipped;
    }
  }
  const common: Anchor[] = [];
  for (let i = 0, j = 0; i < a1 - a0 && j < b1 - b0; ) {
    const at = i * width + j;
    if (a[a0 + i] === b[b0 + j]) common.push({ a: a0 + i++, b: b0 + j++ });
    else if ((lengths[at + width] as number) >= (lengths[at + 1] as number)) i++;
    else j++;
  }
  return common;
}

/** A longest common subsequence by Myers' greedy algorithm (1986), whose work grows with the differences; null if there are too many. */
function likenessOf(a: readonly string[], b: readonly string[], { a0, a1, b0, b1 }: Stretch): Anchor[] | null {
  const [n, m] = [a1 - a0, b1 - b0];
  if (Math.abs(n - m) > mostEdits) return null;
  const reach = new Int32Array(2 * mostEdits + 3);
  const middle = mostEdits + 1;
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= mostEdits; edits++) {
    trace.push(reach.slice(middle - edits - 1, middle + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const [below, above] = [reach[middle + k - 1] as number, reach[middle + k + 1] as number];
      let x = k === -edits || (k !== edits && below < above) ? above : below + 1;
      while (x < n && x - k < m && x >= 0 && x - k >= 0 && a[a0 + x] === b[b0 + x - k]) x++;
      reach[middle + k] = x;
      if (x >= n && x - k >= m) return walkBack(trace, { a0, a1, b0, b1 });
    }
  }
  return null;
}

function walkBack(trace: readonly Int32Array[], { a0, a1, b0, b1 }: Stretch): Anchor[] {
  const common: Anchor[] = [];
  let [x, y] = [a1 - a0, b1 - b0];
  for (let edits = trace.length - 1; edits >= 0; edits--) {
    const reach = trace[edits] as Int32Array;
    const at = (k: number) => reach[k + edits + 1] as number;
    const k = x - y;
    const before = k === -edits || (k !== edits && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
    const startX = edits === 0 ? 0 : at(before);
    const startY = edits === 0 ? 0 : startX - before;
    for (; x > startX && y > startY; x--, y--) common.push({ a: a0 + x - 1, b: b0 + y - 1 });
    [x, y] = [startX, startY];
  }
  return common.reverse();
}

/** Elements that surely correspond: those unique on both sides; if there are none, the k-th occurrences of the same. */
function anchorsOf(a: readonly string[], b: readonly string[], stretch: Stretch): Anchor[] {
  const inA = placesOf(a, stretch.a0, stretch.a1);
  const inB = placesOf(b, stretch.b0, stretch.b1);
  const unique: Anchor[] = [];
  const counted: Anchor[] = [];
  for (const [key, places] of inA) {
    const others = inB.get(key);
    if (!others) continue;
    const anchors = places.length === 1 && others.length === 1 ? unique : counted;
    for (let k = 0; k < Math.min(places.length, others.length); k++) anchors.push({ a: places[k] as number, b: others[k] as number });
  }
  return longestRising(unique.length > 0 ? unique : counted);
}

function placesOf(keys: readonly string[], from: number, to: number): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let i = from; i < to; i++) {
    const key = keys[i] as string;
    const known = places.get(key);
    if (known) known.push(i);
    else places.set(key, [i]);
  }
  return places;
}

/** The longest chain of anchors that increases on both sides. */
function longestRising(anchors: Anchor[]): Anchor[] {
  anchors.sort((one, other) => one.a - other.a);
  const ends: number[] = [];
  const before = new Int32Array(anchors.length).fill(-1);
  for (const [index, { b }] of anchors.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[ends[middle] as number] as Anchor).b < b) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (ends[low - 1] as number) : -1;
    ends[low] = index;
  }
  const chain: Anchor[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] as number) chain.push(anchors[index] as Anchor);
  return chain.reverse();
}
