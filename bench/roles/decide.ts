import { setTimeout as pause } from "node:timers/promises";
import type { Approval } from "@/lib/core/api/approval";
import { exchange } from "../load/exchange";
import { getBytes, HttpConnection, postBytes } from "../load/http-connection";
import { SseSocket } from "../load/sse-socket";

export type DecideTask = {
  readonly port: number;
  readonly key: string;
  readonly way: "poll" | "stream";
  /** Runs with one event each; an agent asks and waits in every one. */
  readonly runs: readonly string[];
};

export type DecideResult = { readonly delaysMs: readonly number[] };

type Agent = {
  readonly approval: Approval;
  /** Resolves when it has the decision, with that instant. */
  readonly decided: Promise<number>;
  readonly close: () => void;
};

const restMs = 20;
const longestMs = 60_000;

/** Every agent asks and waits; then one after the other is decided. From before the decision is sent until its agent has it, on one clock. */
export async function decide(task: DecideTask): Promise<DecideResult> {
  const person = await HttpConnection.open(task.port);
  const agents: Agent[] = [];
  for (const run of task.runs)
    agents.push(await (task.way === "poll" ? pollingAgent : streamingAgent)(task, await askFor(task, person, run)));
  const delaysMs: number[] = [];
  for (const { approval, decided, close } of agents) {
    await pause(restMs);
    const from = performance.now();
    const decision = JSON.stringify({ decision: "approve", actionHash: approval.actionHash });
    await exchange(person, postBytes(`/api/approvals/${approval.id}/decision`, task.key, decision));
    delaysMs.push((await decided) - from);
    close();
  }
  person.close();
  return { delaysMs };
}

async function askFor({ key }: DecideTask, connection: HttpConnection, run: string): Promise<Approval> {
  const body = JSON.stringify({ run, kind: "tool", tool: "delete_file", arguments: { path: `/tmp/${run}` } });
  return JSON.parse(await exchange(connection, postBytes("/api/approvals", key, body))) as Approval;
}

async function pollingAgent({ port, key }: DecideTask, approval: Approval): Promise<Agent> {
  const connection = await HttpConnection.open(port);
  const decided = (async () => {
    for (;;) {
      const { status } = JSON.parse(await exchange(connection, getBytes(`/api/approvals/${approval.id}?wait=20`, key))) as Approval;
      if (status === "approved") return performance.now();
    }
  })();
  decided.catch(() => {});
  return { approval, decided, close: () => connection.close() };
}

async function streamingAgent({ port, key }: DecideTask, approval: Approval): Promise<Agent> {
  let heard: (atMs: number) => void = () => {};
  const decided = new Promise<number>((resolve, reject) => {
    heard = resolve;
    setTimeout(() => reject(new Error(`the stream never told of ${approval.id}`)), longestMs).unref();
  });
  decided.catch(() => {});
  const path = `/api/runs/${approval.run.id}/stream?types=approval.decided`;
  const socket = new SseSocket({
    port,
    key,
    path,
    onChunk: (chunk) => {
      if (chunk.includes(approval.id)) heard(performance.now());
    },
  });
  await socket.connected();
  return { approval, decided, close: () => socket.close() };
}
