import { connect, type Socket } from "node:net";
import { getBytes } from "./http-connection";

const idMark = Buffer.from("\nid: ");
/** Longest part of a frame's first line that may be cut by a chunk's end. */
const tailBytes = 32;
/** A chunk shorter than this may hold only the rest of a frame whose id came in the chunk before. */
const shortChunkBytes = 4 * 1024;

export type SseSocketOptions = {
  readonly port: number;
  readonly path: string;
  readonly key: string;
  /** Every chunk as it came off the socket, framing of the transfer included. */
  readonly onChunk?: (chunk: Buffer) => void;
};

/** A reader of an event stream that only looks at the ids of the frames: cheap enough for hundreds in one process. */
export class SseSocket {
  /** Seq of the latest frame. */
  lastId = 0;
  bytes = 0;
  closed = false;
  readonly #socket: Socket;
  readonly #connected: Promise<void>;
  #tail: Buffer = Buffer.alloc(0);

  constructor(options: SseSocketOptions) {
    const socket = connect({ port: options.port, host: "127.0.0.1" });
    this.#socket = socket;
    this.#connected = new Promise((resolve, reject) => {
      socket.once("error", reject);
      socket.once("data", () => resolve());
    });
    socket.on("connect", () => socket.write(getBytes(options.path, options.key)));
    socket.on("error", () => {});
    socket.on("close", () => {
      this.closed = true;
    });
    socket.on("data", (chunk: Buffer) => {
      this.bytes += chunk.length;
      this.#look(chunk);
      options.onChunk?.(chunk);
    });
  }

  /** Resolves when the stream's first bytes are here. */
  connected(): Promise<void> {
    return this.#connected;
  }

  close(): void {
    this.#socket.destroy();
  }

  #look(chunk: Buffer): void {
    const seen = chunk.length < shortChunkBytes ? Buffer.concat([this.#tail, chunk]) : chunk;
    const at = seen.lastIndexOf(idMark);
    if (at >= 0) {
      const text = seen.toString("latin1", at + idMark.length, at + idMark.length + 16);
      this.lastId = Math.max(this.lastId, Number.parseInt(text, 10) || 0);
    }
    this.#tail = seen.subarray(Math.max(0, seen.length - tailBytes));
  }
}
