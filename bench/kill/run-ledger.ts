import { ShannonRun } from "../load/shannon-run";

export type LedgerDialect = "shannon" | "agent-os";

/** What was sent to a run and what of it was acknowledged. An event is known by its mark, which its sender put into it. */
export type RunLedger = {
  readonly dialect: LedgerDialect;
  readonly externalId: string;
  readonly sent: Set<string>;
  readonly acked: Set<string>;
};

export function openLedger(dialect: LedgerDialect, externalId: string): RunLedger {
  return { dialect, externalId, sent: new Set(), acked: new Set() };
}

export type WrittenEvent = { readonly text: string; readonly mark: string };

/** Writes events of one run; several writers may share its ledger. */
export type EventSource = { readonly ledger: RunLedger; readonly next: () => WrittenEvent };

/** Events with the sender's sequence from `after` + 1 on, by which a repeated one is recognised. */
export function shannonSource(ledger: RunLedger, startMs: number, after = 0): EventSource {
  const run = ShannonRun.resume(ledger.externalId, startMs, after);
  return {
    ledger,
    next: () => {
      const text = run.next();
      return { text, mark: String(run.length) };
    },
  };
}

/** Events without an id: two equal ones would be two, so that none is ever sent twice. */
export function agentOsSource(ledger: RunLedger, startMs: number): EventSource {
  let count = 0;
  return {
    ledger,
    next: () => {
      count += 1;
      const mark = `mark-${count}`;
      const payload = { node_name: `node-${count % 7}`, phase: "end", output: { mark }, duration_ms: 20 + (count % 90) };
      const occurredAt = new Date(startMs + count * 30).toISOString();
      const event = { sdk_run_id: ledger.externalId, event_type: "step", agent_name: "worker", occurred_at: occurredAt, payload };
      return { text: JSON.stringify(event), mark };
    },
  };
}

/** The mark of an event as the log gives it back. */
export function markOf(dialect: LedgerDialect, raw: unknown): string {
  const body = raw as { seq?: number; payload?: { output?: { mark?: string } } };
  return dialect === "shannon" ? String(body.seq) : (body.payload?.output?.mark ?? "");
}
