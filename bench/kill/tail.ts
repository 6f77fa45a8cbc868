import { setTimeout as pause } from "node:timers/promises";
import { SseSocket } from "../load/sse-socket";
import type { Door } from "./writer";

/** A reader of a run's stream that notes the id of every frame. */
export class Tail {
  readonly ids: number[] = [];
  readonly #socket: SseSocket;
  #rest = "";

  constructor(door: Door, runId: string, after = 0) {
    this.#socket = new SseSocket({ ...door, path: `/api/runs/${runId}/stream?from=${after + 1}`, onChunk: (chunk) => this.#take(chunk) });
  }

  connected(): Promise<void> {
    return this.#socket.connected();
  }

  get lastId(): number {
    return this.#socket.lastId;
  }

  close(): void {
    this.#socket.close();
  }

  #take(chunk: Buffer): void {
    const lines = (this.#rest + chunk.toString("latin1")).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("id: ")) this.ids.push(Number(line.slice(4)));
  }
}

/** Waits until every tail has read its run to the end, at most for `ms`. */
export async function untilRead(tails: readonly { tail: Tail; lastSeq: number }[], ms: number): Promise<void> {
  const until = performance.now() + ms;
  while (performance.now() < until && tails.some(({ tail, lastSeq }) => (tail.ids.at(-1) ?? 0) < lastSeq)) await pause(10);
}

/** Ids of after+1..lastSeq that a reader did not get, and those that it got more than once or out of turn. */
export function checkTail(ids: readonly number[], after: number, lastSeq: number): { missed: number; doubled: number } {
  const seen = new Set(ids);
  let missed = 0;
  for (let seq = after + 1; seq <= lastSeq; seq++) if (!seen.has(seq)) missed += 1;
  const outOfTurn = ids.filter((id, index) => index > 0 && id <= (ids[index - 1] ?? 0)).length;
  return { missed, doubled: outOfTurn };
}
