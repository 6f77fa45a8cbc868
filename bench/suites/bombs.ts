import { setTimeout as pause } from "node:timers/promises";
import type { Figure } from "../figures/figure";
import { bodyBombs, exchange, keepDoing, openSlow, openStalled } from "../load/bombs";
import { residentBytes, watchMemory } from "../process/memory";
import { runRole, startRole } from "../process/role";
import type { DelayResult, DelayTask } from "../roles/delay";
import type { HealthResult, HealthTask } from "../roles/health";
import { median } from "../stats";
import { sendRun } from "./send-run";
import type { Context, Suite } from "./suite";

const longEvents = 300;
const longChars = 900_000;
const stalledReaders = 50;
const slowSenders = 200;
const bombsMs = 20_000;
const rounds = 3;
const mb = 1024 ** 2;

/** What a stranger with a key can throw at the server at once, and what readers that have stopped cost the others. */
export const bombsSuite: Suite = async (context) => {
  const long = await sendLongEvents(context);
  const whole = await sendRun(context, "bombs-whole", 100_000);
  const stalled = await measureStalled(context, long);
  return [...stalled, ...(await measureBombs(context, { long, whole }))];
};

/** A run of 270 MB. */
async function sendLongEvents({ product }: Context): Promise<string> {
  const externalId = "bombs-long";
  let id = "";
  for (let seq = 1; seq <= longEvents; seq += 4) {
    const events = Array.from({ length: 4 }, (_, n) => ({
      ...{ workflow_id: externalId, type: "LLM_OUTPUT", agent_id: "a", seq: seq + n, message: `${seq + n} `.padEnd(longChars, "x") },
    }));
    const reply = await fetch(`http://127.0.0.1:${product.port}/api/ingest/shannon`, {
      method: "POST",
      headers: { authorization: `Bearer ${product.key}`, "content-type": "application/json" },
      body: JSON.stringify(events),
    });
    if (reply.status !== 200) throw new Error(`the server answered ${reply.status}: ${await reply.text()}`);
    id = ((await reply.json()) as { run_id: string }).run_id;
  }
  return id;
}

async function measureStalled(context: Context, long: string): Promise<Figure[]> {
  const { product, say } = context;
  const ratios: number[] = [];
  const grown: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const alone = await delayOf(context, `bombs-alone-${round}`);
    const before = residentBytes(product.pid);
    const readers = await openStalled(product, `/api/runs/${long}/stream?raw=1`, stalledReaders);
    const beside = await delayOf(context, `bombs-beside-${round}`);
    grown.push((residentBytes(product.pid) - before) / mb);
    for (const reader of readers) reader.destroy();
    ratios.push(beside.p95Ms / alone.p95Ms);
    say(
      `50 stalled readers: p95 ${beside.p95Ms.toFixed(1)} ms, alone ${alone.p95Ms.toFixed(1)} ms, memory +${grown.at(-1)?.toFixed(0)} MB`,
    );
  }
  return [
    {
      id: "bombs.stalled.ratio",
      label: "sent to received at 500 events/s beside 50 readers that have stopped : without them, p95",
      value: median(ratios),
      unit: "ratio",
      target: { atMost: 1.2 },
    },
    {
      id: "bombs.stalled.memory",
      label: "memory that 50 readers of long events take when they have stopped",
      value: median(grown),
      unit: "MB",
      target: { atMost: 100 },
    },
  ];
}

/** 500 events a second over ten runs, each with a reader. */
async function delayOf(context: Context, name: string): Promise<DelayResult> {
  const runs: { id: string; externalId: string }[] = [];
  for (let n = 0; n < 10; n++) runs.push({ externalId: `${name}-${n}`, id: await sendRun(context, `${name}-${n}`, 1) });
  const { port, key } = context.product;
  return runRole<DelayResult>("delay", { port, key, runs, events: 200, everyMs: 20 } satisfies DelayTask);
}

async function measureBombs({ product, say }: Context, { long, whole }: { long: string; whole: string }): Promise<Figure[]> {
  const memory = watchMemory(product.pid);
  const health = startRole<never, HealthResult>("health", { port: product.port, key: product.key, ms: bombsMs } satisfies HealthTask);
  const until = performance.now() + bombsMs;
  const stalled = await openStalled(product, `/api/runs/${long}/stream?raw=1`, stalledReaders);
  const slow = openSlow(product, slowSenders);
  const read = (path: string) => async () => {
    const { status } = await exchange(product, path);
    if (status !== 200 && status !== 503) throw new Error(`${path} answered ${status}`);
  };
  const bombs = bodyBombs().map(({ body, headers, status }) => async () => {
    const answer = await exchange(product, "/api/ingest/shannon", body, headers);
    // A body that goes on after its refusal may find the connection closed.
    if (answer.status !== status && answer.status !== 0) throw new Error(`a body was answered ${answer.status} instead of ${status}`);
    await pause(50);
  });
  const lists = [`/api/runs/${long}/events?limit=1000&raw=1`, `/api/v1/tasks/bombs-long/events?limit=1000`, `/api/runs/${whole}/state`];
  const times = await Promise.all(
    [...lists, ...lists]
      .map(read)
      .concat(bombs)
      .map((does) => keepDoing(until, does)),
  );
  const { asked, p50Ms, p99Ms } = await health.done;
  for (const socket of [...stalled, ...slow]) socket.destroy();
  const mostMb = memory() / mb;
  say(
    `bombs: ${times.join(", ")} times in ${bombsMs / 1_000} s; health ${asked} times, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms; ${mostMb.toFixed(0)} MB`,
  );
  return [
    { id: "bombs.memory", label: "memory of the server under all bombs at once, most", value: mostMb, unit: "MB", target: { atMost: 512 } },
    {
      id: "bombs.health.p99",
      label: "answer of /api/health under all bombs at once, p99",
      value: p99Ms,
      unit: "ms",
      target: { atMost: 200 },
    },
  ];
}
