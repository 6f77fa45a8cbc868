import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { pause } from "@/cli/connection/backoff";
import { readJson } from "@/cli/connection/request";
import type { Connection } from "@/cli/connection/settings";
import type { Dialect } from "@/lib/core/dialect";
import type { JsonObject } from "@/lib/core/json";
import type { Door } from "./door";
import { frameOf, type Wire, wrap } from "./envelopes";
import type { Beat, Decision, Scenario, Stage, Wait } from "./scenario";

/** What all performances share. */
export type Floor = {
  readonly connection: Connection;
  readonly door: Door;
  readonly signal: AbortSignal;
  /** How many runs hold a question open now. */
  holding: number;
  /** Leave a run at its question instead of waiting for the answer. */
  readonly leaveWaiting: boolean;
};

/** Beats closer than this go out together, as a sender with a queue does. */
const togetherMs = 40;
const pollMs = 2_000;

type Outlet = { readonly send: (wires: readonly Wire[]) => Promise<void>; readonly end: () => Promise<void> };

/** Plays one scenario to its end, or until the demo stops. */
export async function perform(floor: Floor, scenario: Scenario, stage: Stage): Promise<void> {
  const { runId, script } = scenario.open(stage);
  const outlet = openOutlet(floor, scenario, runId);
  const envelopes = stage.random.fork("envelopes");
  let number = 0;
  let dueMs = Date.now();
  const pending: Wire[] = [];
  let step = script.next();
  while (!step.done && !floor.signal.aborted) {
    const beat: Beat = step.value;
    if (pending.length > 0 && beat.afterMs > togetherMs) await outlet.send(pending.splice(0));
    dueMs += beat.afterMs;
    if (!(await until(dueMs, floor.signal))) break;
    number += 1;
    pending.push(wrap(scenario.dialect, beat.event, { runId, number, atMs: dueMs, random: envelopes }));
    if (beat.awaits === undefined) {
      step = script.next();
      continue;
    }
    await outlet.send(pending.splice(0));
    if (floor.leaveWaiting && beat.awaits.holds) break;
    const decision = await awaitDecision(floor, runId, beat.awaits);
    if (floor.signal.aborted) break;
    dueMs = Date.now();
    step = script.next(decision);
  }
  if (pending.length > 0) await outlet.send(pending);
  await outlet.end();
}

async function until(atMs: number, signal: AbortSignal): Promise<boolean> {
  const waitMs = atMs - Date.now();
  return waitMs <= 0 ? !signal.aborted : pause(waitMs, signal);
}

function openOutlet({ door }: Floor, scenario: Scenario, runId: string | null): Outlet {
  const { dialect, delivery } = scenario;
  if (delivery === "stream" && runId !== null) {
    const body = door.open(dialect, runId, dialect === "crewship");
    return {
      send: async (wires) => {
        for (const wire of wires) await body.write(frameOf(wire));
      },
      end: body.end,
    };
  }
  const path = sinks[dialect] ?? `/api/ingest/${dialect}`;
  return {
    send: async (wires) => {
      const bodies = wires.map((wire) => wire.body);
      if (delivery === "batch") await door.post(path, bodies);
      else for (const body of bodies) await door.post(path, body);
    },
    end: () => Promise.resolve(),
  };
}

/** The doors that the real systems post to without being told about us. */
const sinks: Partial<Record<Dialect, string>> = { shannon: "/events", "agent-os": "/api/ingest" };

const Decided = z.object({
  events: z.array(
    z.looseObject({
      seq: z.number(),
      approval: z
        .looseObject({
          id: z.string().optional(),
          decision: z.string().optional(),
          decidedBy: z.string().optional(),
          comment: z.string().optional(),
        })
        .optional(),
    }),
  ),
});
type Answer = z.infer<typeof Decided>["events"][number]["approval"];

/** Looks for a decision in the run's own log until there is one or the wait is over. */
async function awaitDecision(floor: Floor, runId: string | null, wait: Wait): Promise<Decision> {
  const untilMs = Date.now() + wait.forMs;
  const held = wait.holds === true ? 1 : 0;
  floor.holding += held;
  try {
    while (Date.now() < untilMs || (wait.holds && floor.holding < 2)) {
      const decision = runId === null ? null : await lookForDecision(floor, runId, wait.approval);
      if (decision !== null) return decision;
      await sleep(Math.min(pollMs, Math.max(50, untilMs - Date.now())), undefined, { signal: floor.signal });
    }
    return { outcome: "none" };
  } catch (error) {
    if (floor.signal.aborted) return { outcome: "none" };
    throw error;
  } finally {
    floor.holding -= held;
  }
}

async function lookForDecision(floor: Floor, runId: string, approval: string | null): Promise<Decision | null> {
  const path = `/api/runs/${encodeURIComponent(runId)}/events?types=approval.decided&limit=100`;
  try {
    const page = await readJson(floor.connection, path, { signal: floor.signal, schema: Decided });
    const decided = page.events.find((event) => approval === null || event.approval?.id === approval);
    return decided === undefined ? null : decisionOf(decided.approval);
  } catch {
    // A key that may only ingest, or a server that restarts: then no answer comes this way, this time.
    return null;
  }
}

function decisionOf(answer: Answer): Decision {
  const by = answer?.decidedBy ?? "somebody";
  const said: JsonObject = typeof answer?.answer === "string" ? { answer: answer.answer } : {};
  const words = {
    ...(answer?.comment !== undefined && { comment: answer.comment }),
    ...(typeof said.answer === "string" && { answer: said.answer }),
  };
  switch (answer?.decision) {
    case "approved":
    case "answered":
    case "denied":
      return { outcome: answer.decision, by, ...words };
    default:
      return { outcome: "none" };
  }
}
