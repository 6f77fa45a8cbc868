import type { Metadata } from "next";
import { inlineApprovals } from "@/lib/server/approvals/inline-approvals";
import { requireSession } from "@/lib/server/http/require-session";
import { inlineSnapshot } from "@/lib/server/runs/run-snapshot";
import { RunClient } from "./client";

export const metadata: Metadata = { title: "Run" };

type RunPageProps = { readonly params: Promise<{ readonly runId: string }> };

export default async function RunPage({ params }: RunPageProps) {
  const { projectId } = await requireSession();
  const runId = decodeURIComponent((await params).runId);
  const initial = await inlineSnapshot(projectId, runId);
  if (!initial) return <RunClient runId={runId} />;
  return <RunClient runId={runId} initial={initial} asked={await inlineApprovals(projectId, initial.run)} />;
}
