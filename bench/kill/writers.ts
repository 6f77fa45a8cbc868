import { createRandom, type Random } from "./random";
import { agentOsSource, type EventSource, openLedger, type RunLedger, shannonSource } from "./run-ledger";
import { type Door, type Written, write } from "./writer";

/** Sender's sequence from which the second writer of a shared run starts. */
const sharedOffset = 1_000_000;

type Plan = { readonly sources: readonly EventSource[]; readonly most: number };

export type Writers = {
  readonly ledgers: readonly RunLedger[];
  /** Lets the writers finish their request and end. */
  readonly stop: () => void;
  readonly done: Promise<Written>;
};

/** Eight writers: single events and arrays, with ids and without, two of them on the same run. */
export function startWriters(door: Door, name: string, random: Random): Writers {
  const ledgers: RunLedger[] = [];
  const startMs = Date.now();
  const open = (dialect: RunLedger["dialect"], run: string) => {
    const ledger = openLedger(dialect, `${name}-${run}`);
    ledgers.push(ledger);
    return ledger;
  };
  const shannonRuns = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => shannonSource(open("shannon", `${prefix}-${index}`), startMs));
  const shared = open("shannon", "shared");
  const plans: Plan[] = [
    { sources: shannonRuns("single-a", 3), most: 1 },
    { sources: shannonRuns("single-b", 3), most: 1 },
    { sources: [...shannonRuns("array-a", 4), shannonSource(shared, startMs)], most: 100 },
    { sources: [...shannonRuns("array-b", 4), shannonSource(shared, startMs, sharedOffset)], most: 100 },
    { sources: shannonRuns("array-c", 4), most: 200 },
    { sources: [agentOsSource(open("agent-os", "plain-a"), startMs)], most: 1 },
    { sources: [agentOsSource(open("agent-os", "plain-b"), startMs), agentOsSource(open("agent-os", "plain-c"), startMs)], most: 50 },
    { sources: shannonRuns("mixed", 2), most: 8 },
  ];
  return { ledgers, ...startPlans(door, plans, random) };
}

/** Sixteen writers over the given runs, each with a stretch of the sender's sequence of its own in every run; on two doors in turn. */
export function startSharingWriters(doors: readonly Door[], ledgers: readonly RunLedger[], random: Random): Writers {
  const startMs = Date.now();
  const parts = Array.from({ length: 16 }, (_, writer) => ({
    door: doors[writer % doors.length] as Door,
    plan: {
      sources: ledgers.map((ledger) => shannonSource(ledger, startMs, (writer + 1) * sharedOffset)),
      most: writer % 3 === 0 ? 1 : 20,
    },
  }));
  const started = parts.map(({ door, plan }) => startPlans(door, [plan], random));
  return {
    ledgers,
    stop: () => {
      for (const part of started) part.stop();
    },
    done: Promise.all(started.map((part) => part.done)).then(joined),
  };
}

function startPlans(door: Door, plans: readonly Plan[], random: Random): Pick<Writers, "stop" | "done"> {
  const stopping = new AbortController();
  // A stream of numbers each, so that what one writer draws does not depend on how fast the others are.
  const writers = plans.map((plan) =>
    write({ ...plan, door, random: createRandom(Math.floor(random() * 2 ** 32)), signal: stopping.signal }),
  );
  const done = Promise.all(writers).then(joined);
  // Somebody waits for it, but perhaps only after the round has failed for another reason.
  done.catch(() => {});
  return { stop: () => stopping.abort(), done };
}

function joined(all: readonly Written[]): Written {
  return { unsure: all.flatMap((written) => written.unsure), lately: all.flatMap((written) => written.lately) };
}
