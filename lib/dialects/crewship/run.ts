import { z } from "zod";
import type { RunSummary } from "../../core/api/run";
import type { Json } from "../../core/json";
import { type RunStatus, type StatusWords, statusesCalled } from "../../core/run/status";
import { createdAt } from "../shared/created-at";

export const runStatusWords = ["pending", "running", "succeeded", "failed", "canceled"] as const;

const statusWords: StatusWords<(typeof runStatusWords)[number]> = {
  queued: "pending",
  running: "running",
  waiting: "running",
  pausing: "running",
  paused: "running",
  stalled: "running",
  cancelling: "running",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "canceled",
  expired: "failed",
};

const json = z.custom<Json>(() => true).describe("Any JSON");
const time = z.string().describe("RFC 3339, UTC").nullable();

/** A run as Crewship's clients read it. */
export const CrewshipRun = z.object({
  id: z.string(),
  version_id: z.null(),
  deployment_id: z.null(),
  status: z.enum(runStatusWords),
  input: json,
  output: json,
  error_message: z.string().nullable(),
  created_at: time,
  started_at: time,
  completed_at: time,
});
type CrewshipRun = z.infer<typeof CrewshipRun>;

/** A run as in `GET /v1/runs/{id}` and the entries of `{"runs": [...]}`. We do not know deployments and versions: null. */
export function crewshipRun(run: RunSummary, { input, output }: { readonly input: Json; readonly output: Json }): CrewshipRun {
  const unfinished = run.endedAt === null;
  return {
    id: run.externalId,
    version_id: null,
    deployment_id: null,
    status: statusWords[run.status],
    input,
    output: unfinished ? null : output,
    error_message: run.error?.message ?? null,
    created_at: createdAt(run),
    started_at: run.startedAt,
    completed_at: run.endedAt,
  };
}

/** The statuses that a filter asks for, case-insensitive; null for a word that Crewship does not have. */
export function parseRunStatus(text: string): readonly RunStatus[] | null {
  return statusesCalled(
    statusWords,
    text
      .trim()
      .toLowerCase()
      .replace(/^cancelled$/, "canceled"),
  );
}
