import { stringifyExact } from "../../core/exact-json";
import { isJsonObject, type JsonObject } from "../../core/json";
import { defined, own, readCount, readId, readString } from "../shared";
import type { SentDecision, SourceEndpoints } from "../shared/source-endpoints";
import { writeModifiedAction } from "./modified-action";

const id = encodeURIComponent;
const pageEvents = 200;

/** What a person said, in the gateway's only free-text field. */
function feedbackOf({ decision, comment, answer }: SentDecision): string | undefined {
  if (decision === "timeout") return "approval timeout";
  if (answer === undefined) return comment;
  const words = typeof answer === "string" ? answer : stringifyExact(answer);
  return comment === undefined ? words : `${words}\n${comment}`;
}

/** A JWT is sent as a bearer token; anything else is an API key of the gateway. */
function headers(token: string): Readonly<Record<string, string>> {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) ? { authorization: `Bearer ${token}` } : { "x-api-key": token };
}

function taskOf(url: URL): string | null {
  const named = url.searchParams.get("workflow_id");
  if (named) return named;
  const inPath = /\/tasks\/([^/]+)\/stream$/.exec(url.pathname)?.[1];
  return inPath === undefined ? null : decodeURIComponent(inPath);
}

const redisId = /^(\d+)-(\d+)$/;

/**
 * Whether the stream had not yet got past this event. A history repeats the stream's mapped frames in full and with sequence numbers that
 * those lack, so they would not be recognised as duplicates.
 */
function isBehind(event: JsonObject, cursor: string | null): boolean {
  if (cursor === null) return true;
  const [at, from] = [redisId.exec(readString(event, "stream_id") ?? ""), redisId.exec(cursor)];
  if (at !== null && from !== null) return Number(at[1]) - Number(from[1]) > 0 || (at[1] === from[1] && Number(at[2]) > Number(from[2]));
  const seq = readCount(event, "seq");
  return seq === undefined || !/^\d+$/.test(cursor) || seq > Number(cursor);
}

/** The gateway's own paths. */
export const shannonEndpoints: SourceEndpoints = {
  headers,
  actions: ["pause", "resume", "cancel"],
  decide: (decision) => ({
    path: "/api/v1/approvals/decision",
    body: defined({
      workflow_id: decision.runId,
      approval_id: decision.approvalId,
      approved: decision.decision !== "deny" && decision.decision !== "timeout",
      feedback: feedbackOf(decision),
      modified_action: writeModifiedAction(decision.editedArguments),
      approved_by: decision.by,
    }) as JsonObject,
  }),
  control: ({ runId, action, reason }) => ({
    path: `/api/v1/tasks/${id(runId)}/${action}`,
    body: defined({ reason }) as JsonObject,
  }),
  probe: "/api/v1/tasks?limit=1",
  runOfStream: taskOf,
  history: ({ run }) => (run === null ? null : `/api/v1/tasks/${id(run)}/events?limit=${pageEvents}&offset=0`),
  historyPage: (reply, path, cursor) => {
    const found = own(reply, "events");
    const all = Array.isArray(found) ? found.filter(isJsonObject) : [];
    const offset = Number(/offset=(\d+)/.exec(path)?.[1] ?? 0);
    const next = all.length < pageEvents ? null : path.replace(/offset=\d+/, `offset=${offset + all.length}`);
    const events = all.filter((event) => isBehind(event, cursor));
    const last = events.at(-1);
    return { events, next, cursor: last === undefined ? null : (readString(last, "stream_id") ?? readId(last, "seq") ?? null) };
  },
};
