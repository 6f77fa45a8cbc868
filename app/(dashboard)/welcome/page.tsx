import type { Metadata } from "next";
import { requireSession } from "@/lib/server/http/require-session";
import { listRuns } from "@/lib/server/runs/list-runs";
import { WelcomeClient } from "./client";

export const metadata: Metadata = { title: "Connect an agent" };

export default async function WelcomePage() {
  const { projectId } = await requireSession();
  const { runs } = await listRuns(projectId, {}, { limit: 1 });
  return <WelcomeClient newest={runs[0] ?? null} />;
}
