import type { RunControl } from "@/lib/core/api/control";
import type { RunSummary } from "@/lib/core/api/run";
import { isTerminal } from "@/lib/core/run/status";
import { findRun } from "../runs/find-run";
import { controlOf } from "./find-control";

/** The controls of a run that has not ended, for the first paint of its page, so that the header does not shift later. */
export async function inlineControl(projectId: string, { id, status }: Pick<RunSummary, "id" | "status">): Promise<RunControl | null> {
  return isTerminal(status) ? null : controlOf(await findRun(projectId, id));
}
