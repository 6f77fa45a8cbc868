import type { DialectAdapter } from "../contract";
import { address } from "./address";
import { catalogue } from "./catalogue";
import { decode } from "./decode";

export { catalogue as shannonCatalogue } from "./catalogue";
export { quietEndMs as shannonQuietEndMs, shannonEncoder } from "./encode";
export { shannonFailure } from "./failure";
export { readModifiedAction } from "./modified-action";
export { parseShannonResume } from "./parse-shannon-resume";
export { shannonSession, shannonSessionListItem, shannonSessionTask } from "./session";
export { ShannonSession, ShannonSessionListItem, ShannonSessionTask, ShannonTurn } from "./session-reply";
export { shannonTask, shannonTaskListItem } from "./task";
export { ShannonTask, ShannonTaskListItem } from "./task-reply";
export {
  parseTaskStatus as parseShannonTaskStatus,
  taskStatus as shannonTaskStatus,
  taskStatusWords as shannonStatusWords,
} from "./task-status";
export { ShannonTimelineEvent, shannonTimelineEvent, timelineModes } from "./timeline";
export { shannonTurn, shannonTurnEvent, shannonTurnMetadata } from "./turn";

/** Shannon's events: JSON from its ingestion endpoint, its histories, or its SSE stream. */
export const shannon: DialectAdapter = {
  dialect: "shannon",
  catalogue: catalogue.map((entry) => entry.type),
  runField: "workflow_id",
  address,
  decode,
};
