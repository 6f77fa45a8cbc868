import { maxHeaderSize } from "node:http";
import { mostSoughtChars } from "@/lib/core/events/sought";
import { maxPatterns } from "@/lib/core/events/type-filter";
import { jsonLimits } from "@/lib/core/json-scan";
import { attemptDelaysMs } from "@/lib/core/webhooks/schedule";
import { maxRunIdChars } from "@/lib/dialects/shared/run-id-of";
import { mostMutedMs } from "@/lib/server/alerts/act-on-alert";
import { mostRules } from "@/lib/server/alerts/change-rules";
import { mostChannels } from "@/lib/server/alerts/channels";
import { maxBudgets } from "@/lib/server/budgets/create-budget";
import { defaultLimits } from "@/lib/server/events/append/appender";
import { freeBytes, mostComing } from "@/lib/server/http/gathered";
import { maxIdempotencyKeyChars } from "@/lib/server/http/idempotency-key";
import type { OpenApi } from "@/lib/server/http/openapi/document";
import { templateOf } from "@/lib/server/http/openapi/parameters";
import type { Schema } from "@/lib/server/http/openapi/schemas";
import { maxTextChars } from "@/lib/server/http/query";
import { bodyTimeoutMs, freeInflatedBytes, maxBodyBytes, maxInflation } from "@/lib/server/http/read-body";
import type { Route } from "@/lib/server/http/route";
import { maxEventChars, maxWholeEvents } from "@/lib/server/ingest/split-body";
import { maxRejectedListed, maxRunsListed } from "@/lib/server/ingest/store-events";
import { mostInspected } from "@/lib/server/inspect/inspect-events";
import { maxUnsent } from "@/lib/server/live/channel";
import { heartbeatMs } from "@/lib/server/live/sse";
import { mostMembers } from "@/lib/server/members/create-member";
import { maxPrices } from "@/lib/server/prices/create-price";
import { mostProjects } from "@/lib/server/projects/create-project";
import { maxEvents } from "@/lib/server/replays/start-replay";
import { defaultRetentionDays, tiers } from "@/lib/server/retention/apply-retention";
import { maxRuns } from "@/lib/server/routes/feed";
import { mostIds } from "@/lib/server/routes/run-lists";
import { linkMs, sessionMs } from "@/lib/server/session/sign-in";
import { maxStreams } from "@/lib/server/sources/save-stream";
import { maxWebhooks } from "@/lib/server/webhooks/create-webhook";
import { atOnce, longestMs, mostWaiting } from "@/lib/server/wide-questions";
import { fieldsOf, nameOf } from "./fields";
import { alike, operationOf } from "./http";
import { code, parts, table } from "./markdown";

type Row = readonly [what: string, most: string];

const figure = (value: number) => value.toLocaleString("en");
const dayMs = 86_400_000;

function bytes(value: number): string {
  return value < 1024 * 1024 ? `${figure(value / 1024)} KiB` : `${figure(value / 1024 / 1024)} MiB`;
}

const units = [
  ["a day", "days", dayMs],
  ["an hour", "hours", 3_600_000],
  ["a minute", "minutes", 60_000],
] as const;

function time(ms: number): string {
  const [one, many, unitMs] = units.find(([, , unit]) => ms >= unit) ?? ["a second", "seconds", 1_000];
  return ms === unitMs ? one : `${figure(ms / unitMs)} ${many}`;
}

const requests: readonly Row[] = [
  ["address and headers together", bytes(maxHeaderSize)],
  ["body that is read whole, after decompression", bytes(maxBodyBytes)],
  ["time for such a body to arrive", time(bodyTimeoutMs)],
  [
    `such bodies still arriving plus incomplete events of streams, all together; beyond it, a body of more than ${bytes(freeBytes)} gets 503`,
    bytes(mostComing),
  ],
  [`expansion of a compressed stream after its first ${bytes(freeInflatedBytes)}`, `${maxInflation} times`],
  ["JSON nesting depth", `${jsonLimits.depth} levels`],
  ["JSON values: members of objects and arrays", figure(jsonLimits.values)],
  ["streamed body", "no limit"],
  ["one event of such a body", `${figure(maxEventChars)} characters`],
  ["events of an NDJSON or event stream body that is read whole", figure(maxWholeEvents)],
  ["events waiting to be stored; beyond it, 503", `${figure(defaultLimits.queuedEvents)}, or ${bytes(defaultLimits.queuedBytes)}`],
  ["rejected events listed in a reply", figure(maxRejectedListed)],
  ["runs listed in a reply", figure(maxRunsListed)],
  ["run id", `${maxRunIdChars} characters`],
  ["`Idempotency-Key`", `${maxIdempotencyKeyChars} characters, remembered for ${time(tiers.idempotencyMs)}`],
  ["query parameter", `${maxTextChars} characters unless stated otherwise`],
  ["types in a filter", figure(maxPatterns)],
  ["search text in a run's events", `${mostSoughtChars} characters`],
  ["runs in one feed", figure(maxRuns)],
  ["ids in an export", figure(mostIds)],
  ["events inspected at once", figure(mostInspected)],
  ["events in a replay", figure(maxEvents)],
  [
    "queries that scan a whole project (starting a replay of a time range, ResonantGenesis's list of events, previewing an alert rule or a budget)",
    `${atOnce} at once, each statement at most ${time(longestMs)}; ${mostWaiting} more wait, any beyond get 503`,
  ],
];

const live: readonly Row[] = [
  ["stream heartbeat", `every ${time(heartbeatMs)}, or as often as the system's own`],
  ["unsent data per reader, before its connection is closed", bytes(maxUnsent)],
  ["webhook attempts", `${attemptDelaysMs.length}, after ${attemptDelaysMs.slice(1).map(time).join(", ")}`],
];

const projects: readonly Row[] = [
  ["members", figure(mostMembers)],
  ["budgets", figure(maxBudgets)],
  ["own prices", figure(maxPrices)],
  ["webhooks", figure(maxWebhooks)],
  ["alert rules", figure(mostRules)],
  ["alert channels", figure(mostChannels)],
  ["followed streams", figure(maxStreams)],
];

const kept: readonly Row[] = [
  ["events", `${time(defaultRetentionDays * dayMs)}, or \`WATCHFLOOR_RETENTION_DAYS\``],
  ["streamed pieces of output, thoughts, heartbeats", time(tiers.ephemeralMs)],
  ["the feed", time(tiers.feedMs)],
  ["finished replays", time(tiers.replaysMs)],
  ["past alerts", time(tiers.alertsMs)],
  ["an unused sign-in link", time(linkMs)],
  ["a browser session", time(sessionMs)],
  ["a muted alert, at most", time(mostMutedMs)],
];

/** What the server keeps requests, lists and projects to, from the constants that it does so by. */
export function limitsPage(routes: readonly Route[], document: OpenApi): string {
  return parts(
    "# Limits",
    "A request beyond a limit is refused with the [error code](errors.md) for it, unless stated otherwise here.",
    "## Requests",
    table(["what", "at most"], requests),
    "## Live",
    table(["what", ""], live),
    "## Per project",
    `A server has at most ${figure(mostProjects)} projects. Each project has at most:`,
    table(["what", "at most"], projects),
    "## Retention",
    table(["what", "for"], kept),
    "## Paging and waiting",
    "A whole number above its maximum is capped at the maximum. `wait` is in seconds.",
    table(["operation", "parameter", "default", "at most"], numbers(routes, document)),
    "## Body fields",
    table(["body", "field", ""], bodies(routes, document)),
  );
}

type Parameter = { readonly name?: string; readonly schema?: Schema };

function numbers(routes: readonly Route[], document: OpenApi): readonly (readonly string[])[] {
  return alike(routes, document).flatMap(([route]) =>
    (operationOf(route, document).parameters as readonly Parameter[]).flatMap(({ name, schema }) =>
      name === undefined || schema?.maximum === undefined || name === "offset"
        ? []
        : [
            [
              code(`${route.method} ${templateOf(route)}`),
              code(name),
              schema.default === undefined ? "" : figure(schema.default as number),
              figure(schema.maximum as number),
            ],
          ],
    ),
  );
}

/** A body that several operations take is told once. */
function bodies(routes: readonly Route[], document: OpenApi): readonly (readonly string[])[] {
  const seen = new Set<string>();
  return routes.flatMap((route) => {
    type Body = { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
    const schema = (operationOf(route, document).requestBody as Body | undefined)?.content["application/json"]?.schema;
    if (schema === undefined) return [];
    const fields = fieldsOf(schema, document.components.schemas).filter(({ bounds }) => bounds !== "");
    const name = nameOf(schema);
    const place = name === undefined ? code(`${route.method} ${templateOf(route)}`) : `[${name}](schemas.md#${name.toLowerCase()})`;
    const rows = fields.map(({ path, bounds }) => [place, code(path), bounds]);
    return rows.filter((row) => seen.size < seen.add(row.join()).size);
  });
}
