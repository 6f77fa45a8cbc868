const manyPieces = 1_024;
/**
 * Limit on the bytes held of all incoming bodies and incomplete stream events: otherwise hundreds of senders that stop midway would hold a
 * gigabyte.
 */
export const mostComing = 128 * 1024 * 1024;
/** This much of a body is always accepted, however many long ones are arriving: an event of usual length never waits for them. */
export const freeBytes = 64 * 1024;

const coming = { bytes: 0 };

/** The part of one incoming body that has arrived, counted together with all others. */
export class Coming {
  #bytes = 0;

  /** Sets how much of it is held now. */
  hold(bytes: number): void {
    coming.bytes += bytes - this.#bytes;
    this.#bytes = bytes;
  }

  /** Whether too much is arriving at the moment for this one to continue. */
  get isTooMuch(): boolean {
    return coming.bytes > mostComing && this.#bytes > freeBytes;
  }
}

/** An incoming body. Small pieces are joined on the way: four million pieces of one byte would take a hundred times their size. */
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

  /** Stops counting this body. */
  leave(): void {
    this.#coming.hold(0);
  }

  /** How many pieces are held. */
  get held(): number {
    return this.#joined.length + this.#pieces.length;
  }

  whole(): Uint8Array {
    this.leave();
    // Nearly every event arrives in one piece.
    if (this.#joined.length === 0 && this.#pieces.length === 1) return this.#pieces[0] as Uint8Array;
    return Buffer.concat([...this.#joined, ...this.#pieces]);
  }

  #join(): void {
    this.#joined.push(Buffer.concat(this.#pieces));
    this.#pieces = [];
  }
}
