import type { Logger } from "pino";
import { type Connection, openDb, openPool } from "@/db/client";
import { settledApprovals } from "../approvals/settled-approvals";
import { isSameBook, readBudgetBook } from "../budgets/budget-book";
import { ControlWaiters } from "../control/control-waiters";
import { DatabaseClock, type MachineClock } from "../database-clock";
import { DemoProcess } from "../demo/demo-process";
import { Appender } from "../events/append/appender";
import type { Committed } from "../events/append/commit";
import { startApprovalClock } from "../jobs/approval-clock";
import { CommitSignal } from "../jobs/commit-signal";
import { Repricer } from "../jobs/repricer";
import { StandingKeeper } from "../jobs/standing-keeper";
import { startUpkeep } from "../jobs/upkeep";
import { startWebhookJobs } from "../jobs/webhook-jobs";
import { KeyCache } from "../keys/key-cache";
import { AlertWatch } from "../live/alert-watch";
import { DatabasePulse } from "../live/database-pulse";
import { FeedWaiters } from "../live/feed-waiters";
import { Hub } from "../live/hub";
import { Metrics } from "../metrics";
import { Mailer } from "../outbound/mailer";
import { Outbound } from "../outbound/post";
import { readPriceBook } from "../prices/read-prices";
import { ProjectMemory } from "../project-memory";
import { readRedactor } from "../redaction/read-redactor";
import { defaultRetentionDays } from "../retention/apply-retention";
import { arrivedRuns } from "../runs/arrived-runs";
import { RunKeeper } from "../runs/run-keeper";
import { Sealer } from "../secrets/seal";
import type { Services } from "../services";
import { Environments } from "../sources/environments";
import { SourceCache } from "../sources/source-cache";
import { WideQuestions } from "../wide-questions";

type Options = {
  readonly connection: Connection;
  readonly log: Logger;
  readonly localToken: string;
  /** The address at which this machine reaches us. */
  readonly ownUrl: () => string;
  readonly setUrl: string | null;
  readonly version: string;
  /** The 32-byte key that seals stored secrets. */
  readonly sealKey: Buffer;
  /** Whether addresses that users enter may be on loopback or in a private network. */
  readonly allowPrivateTargets: boolean;
  /** How long events are kept; ninety days by default. */
  readonly retentionDays?: number;
  /** The mail server and the sender's address; null = e-mail cannot be sent. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  /** Tests that control the clock do not start these workers. */
  readonly webhookJobs?: boolean;
  readonly repricer?: boolean;
  /** Script of the demo agents. */
  readonly demoScript: string;
  /** The clock of another machine. */
  readonly machine?: MachineClock;
};

/** Wires one process's services together. `stop` shuts them down in an order that loses nothing. */
export async function buildServices(options: Options): Promise<{ services: Services; stop: () => Promise<void> }> {
  const { connection, log, localToken, ownUrl, setUrl, retentionDays = defaultRetentionDays } = options;
  const clock = new DatabaseClock(options.machine);
  const { now } = clock;
  const pool = openPool(connection, { max: 8, name: "read" });
  // Two transactions in flight, and one spare while a broken connection is replaced.
  const appendPool = openPool(connection, { max: 3, name: "append" });
  const appendLine = openPool(connection, { max: 1, name: "append" });
  // Lookups about a sender before its events are accepted. Kept apart from all other queries because some of those are slow.
  const door = openPool(connection, { max: 2, name: "door" });
  const pulse = new DatabasePulse({ pool: openPool(connection, { max: 1, name: "pulse" }), clock, log });
  const [db, doorDb] = [openDb(pool), openDb(door)];
  const hub = new Hub({ pool, log });
  const signal = new CommitSignal({ pool, connection, hub, log });
  const alerts = new AlertWatch({ pool, hub, log, tell: (projectId) => signal.committed(projectId) });
  const runKeeper = new RunKeeper({ pool, log });
  const standing = new StandingKeeper({ pool, now, log });
  const holder: { metrics?: Metrics } = {};
  const committed = (batch: Committed) => {
    if (batch.runs.length === 0) return;
    holder.metrics?.committed(batch);
    hub.publish(batch);
    runKeeper.committed(batch);
    signal.committed(batch.projectId);
    standing.committed(batch);
  };
  const budgets = new ProjectMemory({ now, read: (projectId) => readBudgetBook(door, projectId), isSame: isSameBook });
  const prices = new ProjectMemory({ now, read: (projectId) => readPriceBook(doorDb, projectId) });
  const sealer = new Sealer(options.sealKey);
  const redaction = new ProjectMemory({ now, read: (projectId) => readRedactor(doorDb, sealer, projectId), trustedMs: 2_000 });
  const appender = new Appender({ pool: appendPool, line: appendLine, log, now, committed, budgets: (projectId) => budgets.of(projectId) });
  const metrics = new Metrics({ queuedEvents: () => appender.queued.events, liveReaders: () => hub.readers });
  holder.metrics = metrics;
  const keys = new KeyCache(door, { now, localToken });
  const demo = new DemoProcess({ script: options.demoScript, url: ownUrl, key: localToken, log });
  const decisions = new FeedWaiters({
    hub,
    settled: (projectId, ids) => settledApprovals(db, projectId, ids),
    failed: (error) => log.warn({ err: error }, "long polls could not be checked"),
  });
  const controls = new ControlWaiters({ pool, hub, failed: (error) => log.warn({ err: error }, "long polls could not be checked") });
  const arrivals = new FeedWaiters({
    hub,
    settled: async (projectId, ids) => arrivedRuns(pool, await redaction.of(projectId), { projectId, ids }),
    failed: (error) => log.warn({ err: error }, "streams waiting for their runs could not be checked"),
    pauseMs: 250,
  });
  const environments = new Environments(pool);
  await Promise.all([signal.start(), environments.renew(), pulse.tellClock()]);
  pulse.start();
  runKeeper.start().catch((error: unknown) => log.warn({ err: error }, "runs of an earlier version could not be looked up"));
  const stopUpkeep = startUpkeep({ pool, keys, environments, log, now, retentionDays });
  const stopApprovals = startApprovalClock(log);
  const repricer = new Repricer({ pool, db, now, hub, log });
  if (options.repricer !== false) repricer.start();
  let stopJobs = async () => {};
  const stop = async () => {
    await demo.stop();
    await stopJobs();
    services.outbound.close();
    services.mailer.close();
    await stopApprovals();
    await repricer.stop();
    await standing.stop();
    await appender.drain();
    await runKeeper.stop();
    stopUpkeep();
    await signal.stop();
    await pulse.stop();
    await keys.writeUsed().catch(() => {});
    await Promise.all([pool, door, appendPool, appendLine].map((each) => each.end({ timeout: 2 })));
  };
  const services: Services = {
    connection,
    pool,
    db,
    wide: new WideQuestions({ pool }),
    pulse,
    appender,
    budgets,
    prices,
    redaction,
    hub,
    alerts,
    runKeeper,
    standing,
    keys,
    sources: new SourceCache(doorDb),
    environments,
    metrics,
    decisions,
    controls,
    arrivals,
    sealer,
    outbound: new Outbound({ allowPrivate: options.allowPrivateTargets }),
    mailer: new Mailer(options.smtp),
    demo,
    log,
    now,
    setUrl,
    publicUrl: () => setUrl ?? ownUrl(),
    localToken,
    version: options.version,
    retentionDays,
  };
  // Its first pass needs the process's services.
  setImmediate(() => standing.start());
  stopJobs = options.webhookJobs === false ? stopJobs : startWebhookJobs(services);
  return { services, stop };
}
