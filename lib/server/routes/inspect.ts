import { InspectReply, InspectRequest } from "@/lib/core/api/inspect";
import { json } from "../http/call";
import { parsedBody } from "../http/parsed-body";
import { readBody } from "../http/read-body";
import type { Route } from "../http/route";
import { inspectEvents } from "../inspect/inspect-events";
import { readPolicy } from "../redaction/policy";
import { triedRedactor } from "../redaction/read-redactor";
import { services } from "../services";

/** What an ingest endpoint would make of some events, without storing them. */
export const inspectRoute: Route = {
  method: "POST",
  path: "/api/inspect",
  scope: "read",
  doc: { summary: "Shows what events would become; nothing is stored", body: InspectRequest, reply: InspectReply },
  run: async (call) => {
    const wanted = parsedBody(InspectRequest, await readBody(call));
    const { projectId } = call.principal;
    const { db, now, sealer } = services();
    const given = { nowMs: now(), redactor: triedRedactor(await readPolicy(db, projectId), sealer, projectId) };
    return json(200, inspectEvents(wanted, given), { "cache-control": "no-store" });
  },
};
