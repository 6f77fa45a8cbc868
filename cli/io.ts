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

const watched = new WeakSet<Writable>();
const gone = new WeakSet<Writable>();

/** Whether the reader of a stream has left. The process's own streams forget that they were destroyed, so it is kept here. */
export function isGone(stream: Writable): boolean {
  return gone.has(stream) || stream.destroyed || stream.writableEnded;
}

/** Writes and, where the reader is slow, waits for it; false once the reader is gone. */
export async function write(stream: Writable, text: string | Uint8Array): Promise<boolean> {
  watch(stream);
  if (isGone(stream)) return false;
  if (stream.write(text)) return true;
  return new Promise((resolve) => {
    const settle = (open: boolean) => () => {
      stream.off("drain", drained).off("close", closed).off("error", closed);
      resolve(open);
    };
    const drained = settle(true);
    const closed = settle(false);
    stream.once("drain", drained).once("close", closed).once("error", closed);
  });
}

function watch(stream: Writable): void {
  if (watched.has(stream)) return;
  watched.add(stream);
  const leave = () => gone.add(stream);
  stream.once("close", leave).on("error", leave);
}

/** One line of advice that never mixes with the output. */
export function warn(io: Io, message: string): void {
  io.stderr.write(`watchfloor: ${message}\n`);
}
