import { connect, type Socket } from "node:net";
import { ChunkedBody } from "./chunked-body";

export type Answer = { readonly status: number; readonly body: Buffer };

type Waiting = { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void };

const headEnd = Buffer.from("\r\n\r\n");

/** A server that took a request and never answered. */
export class NoAnswer extends Error {}

const longestSilenceMs = 30_000;

/** The bytes of a request with a JSON body. */
export function postBytes(path: string, key: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

export function getBytes(path: string, key: string): string {
  return bodilessBytes("GET", path, key);
}

export function deleteBytes(path: string, key: string): string {
  return bodilessBytes("DELETE", path, key);
}

function bodilessBytes(method: string, path: string, key: string): string {
  return `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\n\r\n`;
}

/**
 * A kept-alive HTTP/1.1 connection, one request at a time. By hand because the load
 * generator shares the cores with what it measures: it costs a tenth of fetch.
 */
export class HttpConnection {
  readonly #socket: Socket;
  #waiting: Waiting | null = null;
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes of the whole answer, once its head is known. */
  #expected = -1;
  #bodyAt = 0;
  #status = 0;
  /** Of an answer whose length is not known before. */
  #chunked: ChunkedBody | null = null;
  #failure: Error | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Buffer) => this.#take(chunk));
    socket.setTimeout(longestSilenceMs, () => {
      if (this.#waiting) socket.destroy(new NoAnswer(`no answer for ${longestSilenceMs / 1_000} s`));
    });
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("the connection was closed")));
  }

  static open(port: number): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1" });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new HttpConnection(socket));
      });
    });
  }

  /** Sends one request; rejects when the connection breaks before its answer is complete, and with NoAnswer when it stays silent. */
  request(bytes: string): Promise<Answer> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  close(): void {
    this.#waiting = null;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#chunked) this.#chunked.take(chunk);
    else {
      this.#chunks.push(chunk);
      this.#size += chunk.length;
      if (this.#expected < 0 && !this.#readHead()) return;
    }
    if (this.#chunked ? !this.#chunked.isWhole : this.#size < this.#expected) return;
    const answer = { status: this.#status, body: this.#chunked ? Buffer.concat(this.#chunked.parts) : this.#sized() };
    this.#chunks = [];
    this.#size = 0;
    this.#expected = -1;
    this.#chunked = null;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve(answer);
  }

  #sized(): Buffer {
    const whole = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks, this.#size);
    return whole.subarray(this.#bodyAt, this.#expected);
  }

  #readHead(): boolean {
    const seen = this.#chunks.length === 1 ? (this.#chunks[0] as Buffer) : Buffer.concat(this.#chunks, this.#size);
    this.#chunks = [seen];
    const end = seen.indexOf(headEnd);
    if (end < 0) return false;
    const head = seen.toString("latin1", 0, end);
    this.#status = Number(head.slice(9, 12));
    // 204 says that nothing follows.
    if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
      this.#chunked = new ChunkedBody();
      this.#chunked.take(seen.subarray(end + headEnd.length));
      return true;
    }
    const length = this.#status === 204 ? ["", "0"] : /\r\ncontent-length: *(\d+)/i.exec(head);
    if (!length) {
      this.#socket.destroy(new Error(`an answer of no known length: ${head.slice(0, 200)}`));
      return false;
    }
    this.#bodyAt = end + headEnd.length;
    this.#expected = this.#bodyAt + Number(length[1]);
    return true;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.reject(error);
  }
}
