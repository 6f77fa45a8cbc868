import type { Readable, Writable } from "node:stream";

/** Everything of the process that a command touches. */
export type Io = {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted by Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
};

/** Writes and, where the reader is slow, waits for it; false once the reader is gone. */
export async function write(stream: Writable, text: string | Uint8Array): Promise<boolean> {
  if (stream.destroyed || stream.writableEnded || stream.errored) return false;
  if (stream.write(text)) return true;
  return new Promise((resolve) => {
    const settle = (open: boolean) => () => {
      stream.off("drain", drained).off("close", gone).off("error", gone);
      resolve(open);
    };
    const drained = settle(true);
    const gone = settle(false);
    stream.once("drain", drained).once("close", gone).once("error", gone);
  });
}

/** One line of advice that never mixes with the output. */
export function warn(io: Io, message: string): void {
  io.stderr.write(`watchfloor: ${message}\n`);
}
