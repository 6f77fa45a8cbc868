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
  ["body that is taken as a whole, inflated", bytes(maxBodyBytes)],
  ["time for such a body to arrive", time(bodyTimeoutMs)],
  [
    `such bodies that are arriving, with events of streams that are not whole yet, all together, before 503 to those of more than ${bytes(freeBytes)}`,
    bytes(mostComing),
  ],
  [`growth of a compressed stream, beyond its first ${bytes(freeInflatedBytes)}`, `${maxInflation} times`],
  ["depth of JSON", `${jsonLimits.depth} levels`],
  ["values in JSON: members of objects and lists", figure(jsonLimits.values)],
  ["body that is streamed", "none"],
  ["one event of such a body", `${figure(maxEventChars)} characters`],
  ["events of NDJSON or of an event stream that is taken as a whole", figure(maxWholeEvents)],
  ["events that wait to be stored, before 503", `${figure(defaultLimits.queuedEvents)}, or ${bytes(defaultLimits.queuedBytes)}`],
  ["refused events that a reply lists", figure(maxRejectedListed)],
  ["runs that a reply lists", figure(maxRunsListed)],
  ["id of a run", `${maxRunIdChars} characters`],
  ["`Idempotency-Key`", `${maxIdempotencyKeyChars} characters, known for ${time(tiers.idempotencyMs)}`],
  ["parameter of the query", `${maxTextChars} characters unless it says otherwise`],
  ["types in a filter", figure(maxPatterns)],
  ["words that are looked for in a run's events", `${mostSoughtChars} characters`],
  ["runs in one feed", figure(maxRuns)],
  ["ids in an export", figure(mostIds)],
  ["events that are inspected at once", figure(mostInspected)],
  ["events in a replay", figure(maxEvents)],
  [
    "questions that look through a whole project (the start of a replay, ResonantGenesis's list of events, an alert rule's look back)",
    `${atOnce} at once, each statement ${time(longestMs)}; ${mostWaiting} wait, and more are refused with 503`,
  ],
];

const live: readonly Row[] = [
  ["heartbeat of a stream", `every ${time(heartbeatMs)}, or as its system does`],
  ["unsent to a reader before its connection is cut", bytes(maxUnsent)],
  ["attempts of a webhook", `${attemptDelaysMs.length}, after ${attemptDelaysMs.slice(1).map(time).join(", ")}`],
];

const projects: readonly Row[] = [
  ["members", figure(mostMembers)],
  ["budgets", figure(maxBudgets)],
  ["prices of its own", figure(maxPrices)],
  ["webhooks", figure(maxWebhooks)],
  ["alert rules", figure(mostRules)],
  ["alert channels", figure(mostChannels)],
  ["streams that are followed", figure(maxStreams)],
];

const kept: readonly Row[] = [
  ["events", `${time(defaultRetentionDays * dayMs)}, or \`WATCHFLOOR_RETENTION_DAYS\``],
  ["pieces of output, thoughts, heartbeats", time(tiers.ephemeralMs)],
  ["the feed", time(tiers.feedMs)],
  ["replays that ended", time(tiers.replaysMs)],
  ["alerts that ended", time(tiers.alertsMs)],
  ["a sign-in link that nobody used", time(linkMs)],
  ["a browser's session", time(sessionMs)],
  ["muting of an alert, at most", time(mostMutedMs)],
];

/** What the server keeps requests, lists and projects to, from the constants that it does so by. */
export function limitsPage(routes: readonly Route[], document: OpenApi): string {
  return parts(
    "# Limits",
    "What is beyond one is refused with a [code](errors.md) that says so, unless it is said otherwise here.",
    "## Requests",
    table(["what", "at most"], requests),
    "## Live",
    table(["what", ""], live),
    "## In a project",
    `A server has at most ${figure(mostProjects)} projects, and each of them`,
    table(["what", "at most"], projects),
    "## How long things are kept",
    table(["what", "for"], kept),
    "## Pages and waits",
    "A whole number beyond its maximum is taken as the maximum. `wait` is in seconds.",
    table(["operation", "parameter", "default", "at most"], numbers(routes, document)),
    "## Fields of bodies",
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
