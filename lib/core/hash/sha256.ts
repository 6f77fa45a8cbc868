/** FIPS 180-4, section 4.2.2: fractional parts of the cube roots of the first 64 primes, and of the square roots of the first eight. */
const primes = firstPrimes(64);
const constants = Uint32Array.from(primes, (prime) => fractionOf(Math.cbrt(prime)));
const initial = Uint32Array.from(primes.slice(0, 8), (prime) => fractionOf(Math.sqrt(prime)));

function firstPrimes(count: number): readonly number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

function fractionOf(root: number): number {
  return (root - Math.floor(root)) * 2 ** 32;
}

const blockBytes = 64;

/**
 * An unfinished SHA-256 as text of at most 200 characters, so that the beginning of a text can be forgotten. Two texts share one only if
 * their hashes would be equal.
 */
export function beginSha256(text: string): string {
  return written(taken({ words: initial.slice(), length: 0, rest: new Uint8Array() }, new TextEncoder().encode(text)));
}

/** The hash, in hex, of the begun text followed by this one. */
export function endSha256(begun: string, text: string): string {
  const { words, length, rest } = taken(read(begun), new TextEncoder().encode(text));
  const padded = new Uint8Array(rest.length < blockBytes - 8 ? blockBytes : 2 * blockBytes);
  padded.set(rest);
  padded[rest.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(length) * 8n);
  return hexOf(taken({ words, length: 0, rest: new Uint8Array() }, padded).words);
}

type Begun = { readonly words: Uint32Array; readonly length: number; readonly rest: Uint8Array };

function taken({ words, length, rest }: Begun, more: Uint8Array): Begun {
  const bytes = new Uint8Array(rest.length + more.length);
  bytes.set(rest);
  bytes.set(more, rest.length);
  const view = new DataView(bytes.buffer);
  const schedule = new Uint32Array(blockBytes);
  let at = 0;
  for (; at + blockBytes <= bytes.length; at += blockBytes) {
    for (let i = 0; i < 16; i++) schedule[i] = view.getUint32(at + i * 4);
    mix(words, schedule);
  }
  return { words, length: length + more.length, rest: bytes.slice(at) };
}

const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by));

/** Section 6.2.2. */
function mix(words: Uint32Array, w: Uint32Array): void {
  const at = (list: Uint32Array, index: number) => list[index] as number;
  for (let i = 16; i < 64; i++) {
    const [a, b] = [at(w, i - 15), at(w, i - 2)];
    const small = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
    w[i] = at(w, i - 16) + small + at(w, i - 7) + (turned(b, 17) ^ turned(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d] = [at(words, 0), at(words, 1), at(words, 2), at(words, 3)];
  let [e, f, g, h] = [at(words, 4), at(words, 5), at(words, 6), at(words, 7)];
  for (let i = 0; i < 64; i++) {
    const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + at(constants, i) + at(w, i)) | 0;
    const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) words[i] = at(words, i) + word;
}

function hexOf(words: Uint32Array): string {
  return Array.from(words, (word) => word.toString(16).padStart(8, "0")).join("");
}

function written({ words, length, rest }: Begun): string {
  return [hexOf(words), length, Array.from(rest, (byte) => byte.toString(16).padStart(2, "0")).join("")].join(":");
}

function read(begun: string): Begun {
  const [words = "", length = "0", rest = ""] = begun.split(":");
  const numbers = (hex: string, digits: number) =>
    (hex.match(new RegExp(`.{${digits}}`, "g")) ?? []).map((part) => Number.parseInt(part, 16));
  return { words: Uint32Array.from(numbers(words, 8)), length: Number(length), rest: Uint8Array.from(numbers(rest, 2)) };
}
