import { z } from "zod";
import * as alert from "@/lib/core/alerts/alert";
import * as channel from "@/lib/core/alerts/channel";
import * as preview from "@/lib/core/alerts/preview";
import * as rule from "@/lib/core/alerts/rule";
import * as approval from "@/lib/core/api/approval";
import * as control from "@/lib/core/api/control";
import * as costs from "@/lib/core/api/costs";
import * as event from "@/lib/core/api/event";
import * as inspect from "@/lib/core/api/inspect";
import * as redactionTrial from "@/lib/core/api/redaction";
import * as run from "@/lib/core/api/run";
import * as runCounts from "@/lib/core/api/run-counts";
import * as session from "@/lib/core/api/session";
import * as source from "@/lib/core/api/source";
import * as sourceCall from "@/lib/core/api/source-call";
import * as words from "@/lib/core/api/words";
import * as approvalPolicy from "@/lib/core/approvals/policy";
import * as audit from "@/lib/core/audit/entry";
import * as budget from "@/lib/core/budgets/budget";
import * as budgetPreview from "@/lib/core/budgets/preview";
import * as browser from "@/lib/core/members/browser";
import * as member from "@/lib/core/members/member";
import * as price from "@/lib/core/prices/price";
import * as repricing from "@/lib/core/prices/repricing";
import * as redaction from "@/lib/core/redaction/policy";
import * as standing from "@/lib/core/standing/standing";
import * as replay from "@/lib/core/webhooks/replay";
import * as webhook from "@/lib/core/webhooks/webhook";
import * as crewship from "@/lib/dialects/crewship";
import * as powabase from "@/lib/dialects/powabase";
import * as shannon from "@/lib/dialects/shannon";

/** Modules with shared schemas. The document names each schema as its module does. */
const modules: readonly object[] = [
  ...[alert, channel, preview, rule, approval, control, costs, event, inspect, redactionTrial, run, runCounts, session],
  ...[source, sourceCall, words, approvalPolicy, audit, budget, budgetPreview, browser, member, price, repricing, redaction, standing],
  ...[replay, webhook, crewship, powabase, shannon],
];

/** The names, merged with the descriptions that the schemas carry themselves. */
export class SchemaNames extends z.core.$ZodRegistry<z.core.GlobalMeta> {
  constructor() {
    super();
    for (const [name, schema] of modules.flatMap((module) => Object.entries(module)))
      if (schema instanceof z.ZodType) this.add(schema, { id: name });
  }

  override get<S extends z.core.$ZodType>(schema: S) {
    return { ...z.globalRegistry.get(schema), ...super.get(schema) } as ReturnType<z.core.$ZodRegistry<z.core.GlobalMeta>["get"]>;
  }
}
