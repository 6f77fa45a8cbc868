import type { Writable } from "node:stream";

/** Resolves when the peer has taken what was written, or the connection is gone. */
export function drained(to: Pick<Writable, "destroyed" | "writableNeedDrain" | "on" | "off">): Promise<void> {
  return new Promise((resolve) => {
    if (to.destroyed || !to.writableNeedDrain) return resolve();
    const done = () => {
      to.off("drain", done);
      to.off("close", done);
      resolve();
    };
    to.on("drain", done);
    to.on("close", done);
  });
}
