import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import type { Io } from "../io";

export type Terminal = {
  readonly io: Io;
  readonly stdin: PassThrough;
  readonly stdout: PassThrough;
  readonly interrupt: () => void;
  /** Everything printed, once the streams are ended. */
  readonly printed: () => Promise<{ readonly out: string; readonly err: string }>;
};

/** A terminal in memory: what a command reads, prints and is interrupted by. */
export function openTerminal(env: Readonly<Record<string, string | undefined>> = {}, cwd = "/"): Terminal {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const controller = new AbortController();
  const collected = Promise.all([text(stdout), text(stderr)]);
  // A test may destroy a stream to stand for a reader that left.
  collected.catch(() => undefined);
  return {
    io: { stdin, stdout, stderr, env, cwd, signal: controller.signal },
    stdin,
    stdout,
    interrupt: () => controller.abort(),
    printed: async () => {
      stdout.end();
      stderr.end();
      const [out, err] = await collected;
      return { out, err };
    },
  };
}
