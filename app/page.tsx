import { redirect } from "next/navigation";
import { requireSession } from "@/lib/server/http/require-session";
import { listRuns } from "@/lib/server/runs/list-runs";

/** The list of runs, or what leads to the first one. */
export default async function HomePage(): Promise<never> {
  const { projectId } = await requireSession();
  const { runs } = await listRuns(projectId, {}, { limit: 1 });
  redirect(runs.length > 0 ? "/runs" : "/welcome");
}
