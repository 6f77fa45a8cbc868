import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Floor } from "./floor";

/** A server of a journey's own: empty at first, and free to be stopped and started again on the same data and port. */
export class OwnServer {
  readonly #dataDir = mkdtempSync(join(tmpdir(), "wf-e2e-own-"));
  #process: ChildProcess | null = null;
  #floor: Floor | null = null;
  #port = 0;
  #signInLink = "";

  /** `settings` are environment variables beside those that every server here has. */
  constructor(private readonly settings: Readonly<Record<string, string>> = {}) {}

  get dataDir(): string {
    return this.#dataDir;
  }

  get floor(): Floor {
    if (!this.#floor) throw new Error("the server is not running");
    return this.#floor;
  }

  /** The link that the server printed when it started. */
  get signInLink(): string {
    return this.#signInLink;
  }

  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await freePort();
    const child = spawn(process.execPath, ["scripts/start.mjs"], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        ...this.settings,
        PORT: String(this.#port),
        HOST: "127.0.0.1",
        WATCHFLOOR_DATA: this.#dataDir,
        DATABASE_URL: "",
      },
    });
    this.#process = child;
    this.#signInLink = await printedLink(child);
    this.#floor = Floor.of(this.#dataDir);
  }

  /** Ends the process as a deploy does; resolves when it is gone. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    this.#floor = null;
    if (!child || child.exitCode !== null) return;
    const exited = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await exited;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

function printedLink(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      const link = /^Sign in: (\S+)$/m.exec(output)?.[1];
      if (link) resolve(link);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${output}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
