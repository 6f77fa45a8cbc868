import { RedactionOutcome, RedactionTrial } from "@/lib/core/api/redaction";
import { RedactionPolicy } from "@/lib/core/redaction/policy";
import { aboutRedaction } from "../audit/about";
import { json } from "../http/call";
import { parsedBody } from "../http/parsed-body";
import { readBody } from "../http/read-body";
import type { Route } from "../http/route";
import { changePolicy, readPolicy } from "../redaction/policy";
import { tryPolicy } from "../redaction/try-policy";
import { services } from "../services";

const read: Route = {
  method: "GET",
  path: "/api/redaction",
  scope: "read",
  doc: { summary: "The redaction policy: what is removed from events before they are stored", reply: RedactionPolicy },
  run: async ({ principal }) => json(200, await readPolicy(services().db, principal.projectId)),
};

const change: Route = {
  method: "PUT",
  path: "/api/redaction",
  scope: "admin",
  audit: { action: "redaction.change", about: aboutRedaction },
  doc: { summary: "Changes the redaction policy for events that arrive from now on", body: RedactionPolicy, reply: RedactionPolicy },
  run: async (call) => json(200, await changePolicy(call.principal, parsedBody(RedactionPolicy, await readBody(call)))),
};

const trial: Route = {
  method: "POST",
  path: "/api/redaction/try",
  scope: "read",
  doc: {
    summary: "Shows what would be stored of a text under a policy; nothing is stored or changed",
    body: RedactionTrial,
    reply: RedactionOutcome,
  },
  run: async (call) =>
    json(200, tryPolicy(call.principal.projectId, parsedBody(RedactionTrial, await readBody(call))), { "cache-control": "no-store" }),
};

export const redactionRoutes: readonly Route[] = [read, change, trial];
