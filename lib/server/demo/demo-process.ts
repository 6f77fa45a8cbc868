import { type ChildProcess, spawn } from "node:child_process";
import type { Logger } from "pino";

type Options = { readonly script: string; readonly url: () => string; readonly key: string; readonly log: Logger };

/** The demo agents, in a separate process: they use the public API like anybody else. */
export class DemoProcess {
  readonly #options: Options;
  #child: ChildProcess | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#child !== null;
  }

  start(): void {
    if (this.#child) return;
    const { script, url, key, log } = this.#options;
    const child = spawn(process.execPath, [script], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, WATCHFLOOR_URL: url(), WATCHFLOOR_API_KEY: key },
    });
    child.stderr?.on("data", (text: Buffer) => log.warn({ demo: text.toString().slice(0, 500) }, "demo"));
    const gone = () => {
      if (this.#child === child) this.#child = null;
    };
    child.on("exit", gone).on("error", gone);
    this.#child = child;
  }

  /** Resolves when the agents' process has exited. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const exited = new Promise<void>((resolve) => child.on("exit", () => resolve()));
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), 3_000);
    await exited;
    clearTimeout(force);
    this.#child = null;
  }
}
