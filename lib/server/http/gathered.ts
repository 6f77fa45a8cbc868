const manyPieces = 1_024;

/** A body as it comes in. Small pieces are joined on the way: four million of one byte each would take a hundred times their size. */
export class Gathered {
  size = 0;
  readonly #joined: Uint8Array[] = [];
  #pieces: Uint8Array[] = [];

  add(piece: Uint8Array): void {
    this.size += piece.length;
    this.#pieces.push(piece);
    if (this.#pieces.length === manyPieces) this.#join();
  }

  /** How many pieces are held. */
  get held(): number {
    return this.#joined.length + this.#pieces.length;
  }

  whole(): Uint8Array {
    // Nearly every event comes in one.
    if (this.#joined.length === 0 && this.#pieces.length === 1) return this.#pieces[0] as Uint8Array;
    return Buffer.concat([...this.#joined, ...this.#pieces]);
  }

  #join(): void {
    this.#joined.push(Buffer.concat(this.#pieces));
    this.#pieces = [];
  }
}
