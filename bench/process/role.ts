import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { keepTrack } from "./children";
import { startFlags } from "./start-flags";

/** What a role reports before it is finished, for instance the port of a server. */
export type Announce<Ready> = (ready: Ready) => void;

type Message = { readonly ready?: unknown; readonly done?: unknown; readonly failed?: string };

/** A part of the benchmark in a process of its own. */
export type RunningRole<Ready, Done> = {
  readonly ready: Promise<Ready>;
  readonly done: Promise<Done>;
  /** Ends a role that only serves. */
  readonly stop: () => Promise<void>;
};

export const roleArgument = "--role";

/** Starts this same program in the given role. */
export function startRole<Ready, Done>(name: string, task: unknown): RunningRole<Ready, Done> {
  const child = fork(process.argv[1] as string, [roleArgument, name], {
    execArgv: startFlags(),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  keepTrack(child);
  const reports = reportsOf(child, name);
  child.send({ task });
  return {
    ready: reports.ready as Promise<Ready>,
    done: reports.done as Promise<Done>,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Runs a role to its end. */
export async function runRole<Done>(name: string, task: unknown): Promise<Done> {
  return startRole<never, Done>(name, task).done;
}

function reportsOf(child: ChildProcess, name: string): { ready: Promise<unknown>; done: Promise<unknown> } {
  const on = (key: "ready" | "done") =>
    new Promise<unknown>((resolve, reject) => {
      child.on("message", (message: Message) => {
        if (key in message) resolve(message[key]);
        if (message.failed !== undefined) reject(new Error(`${name}: ${message.failed}`));
      });
      child.on("error", reject);
      child.on("exit", (code, signal) => reject(new Error(`${name} ended (${signal ?? code}) before it was done`)));
    });
  const reports = { ready: on("ready"), done: on("done") };
  // Not every caller waits for both.
  reports.ready.catch(() => {});
  reports.done.catch(() => {});
  return reports;
}

/** The other side: takes the task, plays the role, reports. */
export function playRole(play: (task: unknown, announce: Announce<unknown>) => Promise<unknown>): void {
  const say = (message: Message) => void process.send?.(message);
  process.once("message", ({ task }: { task: unknown }) => {
    play(task, (ready) => say({ ready })).then(
      (done) => process.send?.({ done }, () => process.exit(0)),
      (error: unknown) =>
        process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }, () => process.exit(1)),
    );
  });
  // Without its parent nobody needs it.
  process.on("disconnect", () => process.exit(1));
}
