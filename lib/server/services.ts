import "server-only";
import type { Logger } from "pino";
import type { Connection, Db, Pool } from "@/db/client";
import type { PriceBook } from "@/lib/core/prices/price-book";
import type { Redactor } from "@/lib/core/redaction/redactor";
import type { BudgetBook } from "./budgets/budget-book";
import type { ControlWaiters } from "./control/control-waiters";
import type { DemoProcess } from "./demo/demo-process";
import type { Appender } from "./events/append/appender";
import type { StandingKeeper } from "./jobs/standing-keeper";
import type { KeyCache } from "./keys/key-cache";
import type { AlertWatch } from "./live/alert-watch";
import type { DatabasePulse } from "./live/database-pulse";
import type { FeedWaiters } from "./live/feed-waiters";
import type { Hub } from "./live/hub";
import type { Metrics } from "./metrics";
import type { Mailer } from "./outbound/mailer";
import type { Outbound } from "./outbound/post";
import type { ProjectMemory } from "./project-memory";
import type { RunKeeper } from "./runs/run-keeper";
import type { Sealer } from "./secrets/seal";
import type { Environments } from "./sources/environments";
import type { SourceCache } from "./sources/source-cache";
import type { WideQuestions } from "./wide-questions";

/** What each process has one of: pools, the appender, the hub. */
export type Services = {
  readonly connection: Connection;
  /** For reads and other short queries. */
  readonly pool: Pool;
  readonly db: Db;
  /** For queries that scan a whole project. */
  readonly wide: WideQuestions;
  readonly pulse: DatabasePulse;
  readonly appender: Appender;
  readonly budgets: ProjectMemory<BudgetBook>;
  readonly prices: ProjectMemory<PriceBook>;
  /** What each project redacts from events before they are stored; null = nothing. */
  readonly redaction: ProjectMemory<Redactor | null>;
  /** Applies standing approvals. */
  readonly standing: StandingKeeper;
  readonly hub: Hub;
  /** Who watches alerts in this process. */
  readonly alerts: AlertWatch;
  /** Stores the folded state of long runs. */
  readonly runKeeper: RunKeeper;
  readonly keys: KeyCache;
  readonly sources: SourceCache;
  readonly environments: Environments;
  readonly metrics: Metrics;
  /** Long polls waiting for a decision. */
  readonly decisions: FeedWaiters;
  /** Long polls waiting for a control request. */
  readonly controls: ControlWaiters;
  /** Streams waiting for a run that has no events yet, by the id they asked for. */
  readonly arrivals: FeedWaiters;
  /** Encrypts secrets that must be used again. */
  readonly sealer: Sealer;
  /** Sends requests to addresses that users entered. */
  readonly outbound: Outbound;
  readonly mailer: Mailer;
  readonly demo: DemoProcess;
  readonly log: Logger;
  readonly now: () => number;
  /** The public address as configured (WATCHFLOOR_PUBLIC_URL), without a trailing slash; null = not configured. */
  readonly setUrl: string | null;
  /** The base of links in what the server sends by itself: `setUrl`, or the address on this machine when it is not configured. */
  readonly publicUrl: () => string;
  /** The token for the local tools. */
  readonly localToken: string;
  readonly version: string;
  /** How long events are kept. */
  readonly retentionDays: number;
};

// Next bundles its own copy of every module, so a module-level variable would exist twice.
const slot = Symbol.for("watchfloor.services");
type Holder = { [slot]?: Services };

export function installServices(services: Services): void {
  (globalThis as Holder)[slot] = services;
}

/** The process's services; throws when the process was not started through server.ts. */
export function services(): Services {
  const found = (globalThis as Holder)[slot];
  if (!found) throw new Error("Watchfloor needs its own server: use `npm start` or `npm run dev`.");
  return found;
}
