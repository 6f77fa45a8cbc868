import { type PumpTask, pump } from "../load/pump";
import { type Announce, playRole } from "../process/role";
import { type BareFanOutTask, bareFanOut } from "./bare-fan-out";
import { bareIngest } from "./bare-ingest";
import { type DecideTask, decide } from "./decide";
import { type DelayTask, delay } from "./delay";
import { type DeliverTask, deliver } from "./deliver";
import { type FanOutTask, fanOut } from "./fan-out";
import { type FoldTask, foldLog } from "./fold";
import { type HealthTask, health } from "./health";

type Play = (task: unknown, announce: Announce<unknown>) => Promise<unknown>;

/** Everything that runs in a process of its own. A task comes from this same program, as the type says. */
const roles: Readonly<Record<string, Play>> = {
  pump: (task) => pump(task as PumpTask),
  "bare-ingest": (_task, announce) => bareIngest(announce),
  "fan-out": (task) => fanOut(task as FanOutTask),
  "bare-fan-out": (task, announce) => bareFanOut(task as BareFanOutTask, announce),
  decide: (task) => decide(task as DecideTask),
  deliver: (task) => deliver(task as DeliverTask),
  delay: (task) => delay(task as DelayTask),
  fold: (task) => foldLog(task as FoldTask),
  health: (task) => health(task as HealthTask),
};

export function play(name: string): void {
  const role = roles[name];
  if (!role) throw new Error(`there is no role ${name}`);
  playRole(role);
}
