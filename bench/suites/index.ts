import type { SuiteName } from "../options";
import { bombsSuite } from "./bombs";
import { budgetsSuite } from "./budgets";
import { costsSuite } from "./costs";
import { decideSuite } from "./decide";
import { delaySuite } from "./delay";
import { foldSuite } from "./fold";
import { footprintSuite } from "./footprint";
import { ingestSuite } from "./ingest";
import { listSuite } from "./list";
import { liveSuite } from "./live";
import { pageSuite } from "./page";
import { runOpenSuite } from "./run-open";
import type { Suite } from "./suite";
import { webhooksSuite } from "./webhooks";

/** In the order in which they run: what fills the database comes last. */
export const suites: Readonly<Record<SuiteName, Suite>> = {
  fold: foldSuite,
  footprint: footprintSuite,
  ingest: ingestSuite,
  live: liveSuite,
  delay: delaySuite,
  decide: decideSuite,
  webhooks: webhooksSuite,
  budgets: budgetsSuite,
  "run-open": runOpenSuite,
  page: pageSuite,
  list: listSuite,
  costs: costsSuite,
  bombs: bombsSuite,
};
