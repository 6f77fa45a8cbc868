import { pause } from "@/cli/connection/backoff";
import { type Floor, perform } from "./perform";
import type { Random } from "./random";
import type { Scenario, Stage } from "./scenario";
import { type Lane, lanes } from "./scenarios";

export type Direction = { readonly random: Random; readonly speed: number };

/** Every scenario once, side by side. */
export async function directOnce(floor: Floor, scenarios: readonly Scenario[], { random, speed }: Direction): Promise<void> {
  await Promise.all(scenarios.map((scenario) => perform(floor, scenario, stageFor(random.fork(scenario.name), speed))));
}

/** All lanes, run after run, until the demo is stopped. */
export async function directForever(floor: Floor, { random, speed }: Direction): Promise<void> {
  await Promise.all(lanes.map((lane, index) => playLane(floor, lane, { random: random.fork(`${lane.name} ${index}`), speed })));
}

async function playLane(floor: Floor, lane: Lane, { random, speed }: Direction): Promise<void> {
  // Lanes begin one after the other within some seconds: eight runs in the same instant look like a load test.
  await pause(random.int(0, 4_000) / speed, floor.signal);
  for (let turn = 0; !floor.signal.aborted; turn += 1) {
    const scenario = lane.scenarios[turn % lane.scenarios.length] ?? lane.scenarios[0];
    const pace = turn === 0 ? speed * (lane.hurry ?? 1) : speed;
    await perform(floor, scenario, stageFor(random.fork(`${turn}`), pace));
    const [least, most] = lane.restSeconds;
    await pause((random.int(least, most) * 1_000) / speed, floor.signal);
  }
}

export function stageFor(random: Random, speed: number): Stage {
  return { random, ms: (min, max) => Math.max(1, Math.round(random.int(min, max) / speed)) };
}
