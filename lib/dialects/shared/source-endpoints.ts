import type { ApprovalKind } from "../../core/approvals/words";
import type { ControlAction } from "../../core/control/words";
import type { Json, JsonObject } from "../../core/json";

/** A POST to a system's own endpoint; `path` begins with a slash and lies behind the source's address. */
export type SourceCall = { readonly path: string; readonly body: JsonObject };

/** A decision on its way to the system that asked. */
export type SentDecision = {
  readonly runId: string;
  /** The system's own id of the request. */
  readonly approvalId: string;
  readonly kind: ApprovalKind;
  readonly decision: "approve" | "deny" | "edit" | "answer" | "timeout";
  readonly by?: string;
  readonly comment?: string;
  readonly answer?: Json;
  readonly editedArguments?: Json;
};

/** A page of a system's own history. */
export type HistoryPage = {
  /** What lies behind the cursor. */
  readonly events: readonly JsonObject[];
  /** Path of the page behind it. */
  readonly next: string | null;
  /** From where the stream goes on behind these events; null = as before. */
  readonly cursor: string | null;
};

export type HistoryAsked = {
  /** null = the stream is of all runs. */
  readonly run: string | null;
  readonly sinceMs: number | null;
};

export type SourceEndpoints = {
  /** What says who we are. */
  readonly headers: (token: string) => Readonly<Record<string, string>>;
  readonly actions: readonly ControlAction[];
  readonly decide?: (decision: SentDecision) => SourceCall;
  readonly control?: (control: { readonly runId: string; readonly action: ControlAction; readonly reason?: string }) => SourceCall;
  /** A GET that only a reachable system with a good token answers with 200. */
  readonly probe?: string;
  /** The run that a stream's URL names, for frames that name none. */
  readonly runOfStream?: (url: URL) => string | null;
  /** Whether the stream names its run with its last frame only. */
  readonly namesRunLast?: (url: URL) => boolean;
  /** Where what a stream no longer holds is read: the path of the first page. */
  readonly history?: (asked: HistoryAsked) => string | null;
  /** `cursor` = id of the last frame that is known. */
  readonly historyPage?: (reply: Json, path: string, cursor: string | null) => HistoryPage;
};

const dotSegment = /^(?:\.|%2e){1,2}$/i;

/**
 * The address and a path as one URL. An address that says the path's beginning already (`/api`, `/api/v1`) says it once. null for a path
 * with a segment that no URL holds: `.` and `..`, which are ids like others to some systems, would lead to another path.
 */
export function endpointUrl(address: string, path: string): string | null {
  if (
    /[^?]*/
      .exec(path)?.[0]
      .split("/")
      .some((segment) => dotSegment.test(segment))
  )
    return null;
  const url = new URL(address);
  const base = url.pathname.replace(/\/+$/, "");
  const segments = base.split("/");
  let kept = base;
  for (let from = 1; from < segments.length; from += 1) {
    const tail = `/${segments.slice(from).join("/")}`;
    if (path === tail || path.startsWith(`${tail}/`)) {
      kept = segments.slice(0, from).join("/");
      break;
    }
  }
  return `${url.origin}${kept}${path}`;
}
