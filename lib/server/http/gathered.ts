const manyPieces = 1_024;
/** Bytes that may be there of all bodies that are coming in, and of events of streams that are not whole yet: hundreds of senders that stop in the middle would else be a gigabyte. */
export const mostComing = 128 * 1024 * 1024;
/** So much of a body is taken however many long ones are coming in: an event of usual length never waits for them. */
export const freeBytes = 64 * 1024;

const coming = { bytes: 0 };

/** What is there of one that comes in, counted with all others. */
export class Coming {
  #bytes = 0;

  /** So much of it is there now. */
  hold(bytes: number): void {
    coming.bytes += bytes - this.#bytes;
    this.#bytes = bytes;
  }

  /** Whether too much is coming in at the moment for this one to go on. */
  get isTooMuch(): boolean {
    return coming.bytes > mostComing && this.#bytes > freeBytes;
  }
}

/** A body as it comes in. Small pieces are joined on the way: four million of one byte each would take a hundred times their size. */
export class Gathered {
  size = 0;
  readonly #coming = new Coming();
  readonly #joined: Uint8Array[] = [];
  #pieces: Uint8Array[] = [];

  add(piece: Uint8Array): void {
    this.size += piece.length;
    this.#coming.hold(this.size);
    this.#pieces.push(piece);
    if (this.#pieces.length === manyPieces) this.#join();
  }

  get isTooMuch(): boolean {
    return this.#coming.isTooMuch;
  }

  /** It comes no further. */
  leave(): void {
    this.#coming.hold(0);
  }

  /** How many pieces are held. */
  get held(): number {
    return this.#joined.length + this.#pieces.length;
  }

  whole(): Uint8Array {
    this.leave();
    // Nearly every event comes in one.
    if (this.#joined.length === 0 && this.#pieces.length === 1) return this.#pieces[0] as Uint8Array;
    return Buffer.concat([...this.#joined, ...this.#pieces]);
  }

  #join(): void {
    this.#joined.push(Buffer.concat(this.#pieces));
    this.#pieces = [];
  }
}
