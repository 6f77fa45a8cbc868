import type { RunLedger } from "./run-ledger";

/** An event of a run as the read API gave it. */
export type FoundEvent = { readonly seq: number; readonly mark: string };

/** What is wrong with a run. All zero = every promise was kept. */
export type Faults = {
  /** Acknowledged and not there. */
  lost: number;
  /** Places of the run's sequence that no event has, or that two have. */
  holes: number;
  /** Events that are there more than once. */
  doubled: number;
  /** Events that nobody sent. */
  strange: number;
  /** Runs whose row differs from the fold of their log. */
  uneven: number;
};

export function noFaults(): Faults {
  return { lost: 0, holes: 0, doubled: 0, strange: 0, uneven: 0 };
}

export function addFaults(sum: Faults, more: Faults): void {
  for (const key of Object.keys(sum) as (keyof Faults)[]) sum[key] += more[key];
}

export function isFaultless(faults: Faults): boolean {
  return Object.values(faults).every((count) => count === 0);
}

/** Compares a run's log, in the order of its sequence, with what was sent and acknowledged. */
export function auditRun(ledger: Pick<RunLedger, "sent" | "acked">, found: readonly FoundEvent[], lastSeq: number): Faults {
  const faults = noFaults();
  const seen = new Set<string>();
  for (const [index, event] of found.entries()) {
    if (event.seq !== index + 1) faults.holes += 1;
    if (seen.has(event.mark)) faults.doubled += 1;
    else if (!ledger.sent.has(event.mark)) faults.strange += 1;
    seen.add(event.mark);
  }
  if (lastSeq !== found.length) faults.holes += 1;
  for (const mark of ledger.acked) if (!seen.has(mark)) faults.lost += 1;
  return faults;
}
