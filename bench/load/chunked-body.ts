const lineFeed = 10;

/** A body in chunks, taken apart as it comes (RFC 9112, 7.1; none of ours has trailers). */
export class ChunkedBody {
  readonly parts: Buffer[] = [];
  isWhole = false;
  /** Bytes of the current chunk that are still to come. */
  #left = 0;
  #line = "";
  #isLast = false;

  take(bytes: Buffer): void {
    for (let at = 0; at < bytes.length && !this.isWhole; ) {
      const end = this.#left > 0 ? Math.min(bytes.length, at + this.#left) : bytes.indexOf(lineFeed, at) + 1 || bytes.length;
      if (this.#left > 0) {
        this.parts.push(bytes.subarray(at, end));
        this.#left -= end - at;
      } else {
        this.#line += bytes.toString("latin1", at, end);
        if (this.#line.endsWith("\n")) this.#endLine();
      }
      at = end;
    }
  }

  /** A chunk's size, or the line end behind one; the last chunk is empty. */
  #endLine(): void {
    const line = this.#line.trim();
    this.#line = "";
    if (line === "") this.isWhole = this.#isLast;
    else {
      this.#left = Number.parseInt(line, 16);
      this.#isLast = this.#left === 0;
    }
  }
}
