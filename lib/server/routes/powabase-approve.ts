import { z } from "zod";
import { isJsonObject } from "@/lib/core/json";
import type { JoinedRow } from "../approvals/approval-row";
import { decisionRefusals } from "../approvals/decide-approval";
import { decideByBoolean } from "../approvals/decide-by-boolean";
import { oldestWaiting } from "../approvals/find-approval";
import { DomainError } from "../errors";
import { json } from "../http/call";
import type { Principal } from "../http/principal";
import { readBody } from "../http/read-body";
import type { Route } from "../http/route";
import { requireSaidOnce } from "../http/said-once";
import { parseJson } from "../ingest/parse-events";
import { findRun } from "../runs/find-run";

const notWaiting = "Run not found or not waiting for approval";

/** Powabase's own endpoint: it names only the run, so its oldest open request is decided. */
export const powabaseApproveRoute: Route = {
  method: "POST",
  path: "/api/agents/runs/:run/approve",
  scope: "decide",
  audit: { action: "approval.decide" },
  doc: {
    summary: "Powabase: answers the request that a run is waiting for",
    body: z.object({ approved: z.boolean(), reason: z.string().optional() }),
    reply: z.object({ status: z.literal("resumed") }),
    refusals: decisionRefusals,
  },
  run: async (call) => {
    const text = await readBody(call);
    const body = parseJson(text).json;
    requireSaidOnce(text);
    if (!isJsonObject(body) || body.approved === undefined)
      throw new DomainError("invalid_request", "Missing required field: approved", { path: "approved" });
    const { approved, reason } = body;
    if (typeof approved !== "boolean") throw new DomainError("invalid_request", "approved must be a boolean", { path: "approved" });
    const found = await waitingIn(call.principal, call.params.run as string);
    const comment = typeof reason === "string" ? reason.slice(0, 4_000) : "";
    await decideByBoolean(call.principal, found, comment === "" ? { approved } : { approved, comment });
    return json(200, { status: "resumed" });
  },
};

async function waitingIn({ projectId }: Principal, id: string): Promise<JoinedRow> {
  const run = await findRun(projectId, id, "powabase").catch((error) => {
    if (error instanceof DomainError && error.code === "not_found") throw new DomainError("not_found", notWaiting, { path: "run" });
    throw error;
  });
  const oldest = await oldestWaiting({ projectId, id: run.id });
  if (oldest === null) throw new DomainError("not_found", notWaiting, { path: "run" });
  return oldest;
}
