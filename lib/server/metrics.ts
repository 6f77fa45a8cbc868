import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Committed } from "./events/append/commit";

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** What /metrics shows. Labels are bounded: never an id or a sender's text. */
export class Metrics {
  readonly registry = new Registry();
  readonly #events = new Counter({
    name: "watchfloor_events_committed_total",
    help: "Events committed",
    labelNames: ["dialect"],
    registers: [this.registry],
  });
  readonly #redacted = new Counter({
    name: "watchfloor_redacted_values_total",
    help: "Values redacted from events before they were stored",
    registers: [this.registry],
  });
  readonly #commits = new Counter({ name: "watchfloor_commits_total", help: "Append transactions committed", registers: [this.registry] });
  readonly #batch = new Histogram({
    name: "watchfloor_batch_events",
    help: "Events per append transaction",
    buckets: [1, 3, 10, 30, 100, 300, 1000, 3000],
    registers: [this.registry],
  });

  readonly #replies = new Counter({
    name: "watchfloor_replies_total",
    help: "HTTP replies by status; of pages, only refused ones",
    labelNames: ["method", "status"],
    registers: [this.registry],
  });
  /** Keyed by method and status: looking up a counter by its labels costs as much as the headers of a small response. */
  readonly #repliesOf = new Map<string, { inc(): void }>();

  constructor(gauges: { readonly queuedEvents: () => number; readonly liveReaders: () => number }) {
    collectDefaultMetrics({ register: this.registry });
    gauge(this.registry, "watchfloor_queued_events", "Events waiting to be committed", gauges.queuedEvents);
    gauge(this.registry, "watchfloor_live_readers", "Readers of run streams", gauges.liveReaders);
  }

  redacted(values: number): void {
    if (values > 0) this.#redacted.inc(values);
  }

  replied(asked: string, status: number): void {
    const method = methods.has(asked) ? asked : "other";
    const place = `${method} ${status}`;
    let replies = this.#repliesOf.get(place);
    if (replies === undefined) {
      replies = this.#replies.labels({ method, status });
      this.#repliesOf.set(place, replies);
    }
    replies.inc();
  }

  committed(batch: Committed): void {
    this.#commits.inc();
    const byDialect = new Map<string, number>();
    for (const { run, events } of batch.runs) byDialect.set(run.source.dialect, (byDialect.get(run.source.dialect) ?? 0) + events.length);
    let total = 0;
    for (const [dialect, events] of byDialect) {
      this.#events.inc({ dialect }, events);
      total += events;
    }
    this.#batch.observe(total);
  }
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
