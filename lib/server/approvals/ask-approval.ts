import { createHash } from "node:crypto";
import type { Approval, ApprovalRequest } from "@/lib/core/api/approval";
import { requestEntry } from "@/lib/core/approvals/request-entry";
import { isCheckable } from "@/lib/core/approvals/schema-words";
import { parseExact, stringifyExact } from "@/lib/core/exact-json";
import type { Json, JsonObject } from "@/lib/core/json";
import type { Redactor } from "@/lib/core/redaction/redactor";
import { isTerminal } from "@/lib/core/run/status";
import { type OwnRequest, ownApprovals } from "@/lib/dialects/own-approvals";
import { DomainError } from "../errors";
import type { AppendResult, NewEvent } from "../events/append/request";
import type { CachedRun } from "../events/append/run-cache";
import { appendOwn, ownEvent } from "../events/append-own";
import type { Principal } from "../http/principal";
import { answerOfWinner, earlierAnswer } from "../ingest/earlier-answer";
import { findRunToAct } from "../runs/find-run";
import { services } from "../services";
import { identify } from "./approval-id";
import { toApproval } from "./approval-row";
import { findApproval } from "./find-approval";

type Asking = { readonly wanted: ApprovalRequest; readonly idempotencyKey?: string; readonly bodyText: string };
type Asked = { readonly approval: Approval; readonly repeated: boolean };

/**
 * Writes an agent's request into its run and returns its current state. Such a request can be decided only through us. Throws not_found,
 * conflict, run_ended, invalid_request and idempotency_mismatch.
 */
export async function askApproval(principal: Principal, { wanted, idempotencyKey, bodyText }: Asking): Promise<Asked> {
  checkRequest(wanted);
  const { projectId, keyId } = principal;
  const request =
    idempotencyKey === undefined
      ? null
      : { projectId, key: `approvals:${idempotencyKey}`, bodyHash: createHash("sha256").update(bodyText).digest() };
  const asked = async (id: string, repeated: boolean) => ({ approval: toApproval(await findApproval(projectId, id)), repeated });
  const earlier = request && (await earlierAnswer(request));
  if (earlier !== null) return asked(earlier, true);
  const run = await findRunToAct(projectId, wanted.run);
  if (isTerminal(run.state.lifecycle.status)) throw new DomainError("run_ended", "The run has ended; nothing is waiting for an answer.");
  const said = withoutSecrets(await services().redaction.of(projectId), ownRequest(run, wanted));
  const event = ownEvent(run, ownApprovals[run.source.dialect].request(said), keyId === undefined ? {} : { keyId });
  const idOf = (result: AppendResult) => idOfRequest(run, event, result);
  if (request === null) return asked(idOf(await appendOwn(run, event)), false);
  const result = await appendOwn(run, event, { ...request, reply: idOf }).catch((error: unknown) => answerOfWinner(request, error));
  return typeof result === "string" ? asked(result, true) : asked(idOf(result), false);
}

function idOfRequest(run: CachedRun, event: NewEvent, { outcomes: [outcome] }: AppendResult): string {
  if (outcome?.kind !== "stored") throw new Error("an agent's approval request could not be stored");
  const { canonical, receivedAtMs, sourceType: type } = event;
  const source = { dialect: run.source.dialect, type };
  return identify(run.id, requestEntry({ ...canonical, seq: outcome.seq, receivedAtMs, origin: "watchfloor", source })).id;
}

function ownRequest(run: CachedRun, wanted: ApprovalRequest): OwnRequest {
  const { id, kind, tool, question, choices, allowed, agent, risk, expiresInSeconds } = wanted;
  const asked = {
    approvalId: id,
    tool,
    arguments: wanted.arguments as Json | undefined,
    question,
    choices,
    schema: wanted.schema as JsonObject | undefined,
    allowed,
    agent,
    risk,
    timeoutMs: expiresInSeconds === undefined ? undefined : expiresInSeconds * 1_000,
  };
  const said = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined && value !== null));
  return { ...said, runId: run.externalId, kind, atMs: services().now() };
}

/**
 * The agent's words are redacted; what we derive from them (the kind, what is allowed, the deadline) is ours, and no pattern may touch it.
 */
function withoutSecrets(redactor: Redactor | null, request: OwnRequest): OwnRequest {
  const { approvalId, tool, arguments: given, question, choices, schema, agent, risk } = request;
  const said = JSON.stringify({ approvalId, tool, question, choices, schema, agent, risk });
  if (redactor === null) return request;
  const words = redactor.json(said, JSON.parse(said) as JsonObject);
  const values = given === undefined ? null : redactor.json(stringifyExact(given), given);
  services().metrics.redacted(words.count + (values?.count ?? 0));
  return {
    ...request,
    ...(words.value as Partial<OwnRequest>),
    ...(values && values.count > 0 ? { arguments: parseExact(values.text) } : {}),
  };
}

function checkRequest(wanted: ApprovalRequest): void {
  if (wanted.kind === "tool" && wanted.tool === undefined)
    throw new DomainError("invalid_request", "A request of kind `tool` must name the tool.", { path: "tool" });
  if (wanted.kind !== "tool" && wanted.question === undefined)
    throw new DomainError("invalid_request", "A request of this kind must have a question.", { path: "question" });
  if (wanted.schema !== undefined && !isCheckable(wanted.schema as JsonObject))
    throw new DomainError("invalid_request", "This JSON schema uses keywords that Watchfloor cannot check.", {
      path: "schema",
      hint: "Leave out pattern, patternProperties, if/then/else, and references that are circular or lead to other documents.",
    });
}
