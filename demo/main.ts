import { parseArgs } from "node:util";
import { request } from "@/cli/connection/request";
import { resolveConnection } from "@/cli/connection/settings";
import { directForever, directOnce } from "./direct";
import { createDoor } from "./door";
import type { Floor } from "./perform";
import { createRandom } from "./random";
import { scenarios } from "./scenarios";
import { sendBigRun } from "./send-big-run";

const help = `npm run demo -- [options]
npm run seed -- [<name>] [options]    play every scenario, or this one, once, at 20 times the speed

  --once             play every scenario once, then stop (one approval stays open)
  --scenario <name>  play only this one, once: ${scenarios.map(({ name }) => name).join(", ")}, big
  --events <n>       number of events in the big run (100000)
  --speed <n>        speed factor (1)
  --seed <n>         the same seed plays the same demo; use it once per server,
                     because a second time all its events are duplicates
  --url, --key       or WATCHFLOOR_URL, WATCHFLOOR_API_KEY, or the server on this machine
`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

async function main(signal: AbortSignal): Promise<void> {
  const options = { once: flag, scenario: text, events: text, speed: text, seed: text, url: text, key: text, help: flag };
  const { values, positionals } = parseArgs({ options, strict: true, allowPositionals: true });
  if (values.help) return say(help.trimEnd());
  const [scenario = values.scenario, ...others] = positionals;
  if (others.length > 0) throw new Error(`only one scenario at a time, not also ${others.join(", ")}`);
  const connection = resolveConnection(values, { env: process.env, cwd: process.cwd() });
  // Nobody there at the start is a mistake to report; a server that goes away later is waited for.
  await (await request(connection, "/api/health", { signal })).body?.cancel();
  const door = createDoor({ connection, signal, say });
  const seed = number("--seed", values.seed, Math.floor(Math.random() * 2 ** 32));
  const speed = number("--speed", values.speed, 1);
  const direction = { random: createRandom(seed), speed };
  if (scenario === "big")
    return sendBigRun({ connection, door, signal, say }, { events: number("--events", values.events, 100_000), random: direction.random });
  const floor: Floor = { connection, door, signal, holding: 0, leaveWaiting: values.once === true || scenario !== undefined };
  const wanted = scenarios.filter(({ name }) => scenario === undefined || name === scenario);
  if (wanted.length === 0)
    throw new Error(`unknown scenario ${scenario}; choose one of ${scenarios.map(({ name }) => name).join(", ")}, big`);
  say(`demo agents report to ${connection.url} (seed ${seed})${floor.leaveWaiting ? "" : ", in a loop: stop them with Ctrl-C"}`);
  await (floor.leaveWaiting ? directOnce(floor, wanted, direction) : directForever(floor, direction));
}

function number(name: string, value: string | undefined, fallback: number): number {
  const parsed = value === undefined ? fallback : Number(value);
  if (!Number.isFinite(parsed) || parsed <= 0) throw new Error(`${name} must be a number greater than 0`);
  return parsed;
}

function say(line: string): void {
  console.log(line);
}

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
try {
  await main(stop.signal);
} catch (error) {
  if (!stop.signal.aborted) {
    console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
// Open sockets to the server would keep the process for their idle time.
process.exit();
