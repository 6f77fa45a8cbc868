import type { ChildProcess } from "node:child_process";

const running = new Set<ChildProcess>();

/** Remembers a process, so that it does not outlive a benchmark that is broken off. */
export function keepTrack(child: ChildProcess): void {
  running.add(child);
  child.once("exit", () => running.delete(child));
}

/** On the first Ctrl-C or SIGTERM: asks what still runs to end, waits for it, then ends too. */
export function endTogether(): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      const leave = () => {
        if (running.size === 0) process.exit(1);
      };
      for (const child of running) {
        child.once("exit", leave);
        child.kill("SIGTERM");
      }
      leave();
    });
  }
}
