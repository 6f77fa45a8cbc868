const bitsPerKey = 24;
const hashes = 8;
const firstCapacity = 64;

type Layer = { readonly bits: Uint32Array; readonly capacity: number; size: number };

/**
 * Which dedupe keys a run may hold: "no" is certain, "yes" is wrong about once in 40,000 times and requires a query. A run whose events all
 * went through this process needs no lookup before each event. About 3 to 6 bytes a key.
 */
export class KeyFilter {
  /** Each layer holds twice as many keys as the one before. */
  readonly #layers: Layer[] = [layerOf(firstCapacity)];

  add(key: string): void {
    let layer = this.#layers.at(-1) as Layer;
    if (layer.size >= layer.capacity) {
      layer = layerOf(layer.capacity * 2);
      this.#layers.push(layer);
    }
    layer.size += 1;
    const [a, b] = hashOf(key);
    const mask = layer.bits.length * 32 - 1;
    for (let n = 0; n < hashes; n++) {
      const bit = (a + n * b) & mask;
      layer.bits[bit >>> 5] = (layer.bits[bit >>> 5] as number) | (1 << (bit & 31));
    }
  }

  mayHold(key: string): boolean {
    const [a, b] = hashOf(key);
    return this.#layers.some(({ bits }) => {
      const mask = bits.length * 32 - 1;
      for (let n = 0; n < hashes; n++) {
        const bit = (a + n * b) & mask;
        if (((bits[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
      }
      return true;
    });
  }
}

// A power of two, so that a mask replaces a division.
function layerOf(capacity: number): Layer {
  const bits = 2 ** Math.ceil(Math.log2(capacity * bitsPerKey));
  return { bits: new Uint32Array(bits / 32), capacity, size: 0 };
}

/** Two independent 32-bit hashes (FNV-1a and a multiply-rotate), the second odd so that its steps visit all bits. */
function hashOf(key: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let at = 0; at < key.length; at++) {
    const unit = key.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul((b << 13) | (b >>> 19), 0xcc9e2d51) ^ Math.imul(unit + 0x85ebca6b, 0x1b873593);
  }
  return [mix(a), mix(b) | 1];
}

function mix(hash: number): number {
  const high = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const low = Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return (low ^ (low >>> 16)) >>> 0;
}
