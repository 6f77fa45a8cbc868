/** Where a stream's bytes go. One per connection; the adapters of the two HTTP front ends implement it. */
export type Sink = {
  write(chunk: Uint8Array): void;
  /** Bytes written that the peer has not taken. */
  readonly unsent: number;
  /** Resolves when the peer has taken what was written, or the connection is gone. */
  drained(): Promise<void>;
  /** Ends the response cleanly. */
  end(): void;
  /** Breaks the connection, so that a client resumes (a clean end tells some clients that the run is over). */
  cut(): void;
  readonly closed: boolean;
  onClose(listener: () => void): void;
};
