import type { Metadata } from "next";
import { headers } from "next/headers";
import { EarlyReads } from "@/components/layout/early-reads";
import { earlyReadsScript } from "@/lib/client/api/early-reads-script";
import { openingPaths } from "@/lib/client/runs/run-rows";
import { inlineApprovals } from "@/lib/server/approvals/inline-approvals";
import { inlineControl } from "@/lib/server/control/inline-control";
import { requireSession } from "@/lib/server/http/require-session";
import { inlineSnapshot } from "@/lib/server/runs/run-snapshot";
import { RunClient } from "./client";

export const metadata: Metadata = { title: "Run" };

type RunPageProps = { readonly params: Promise<{ readonly runId: string }> };

export default async function RunPage({ params }: RunPageProps) {
  const { projectId } = await requireSession();
  const runId = decodeURIComponent((await params).runId);
  const opened = await inlineSnapshot(projectId, runId);
  if (!opened) return <RunClient runId={runId} />;
  const [asked, control] = await Promise.all([inlineApprovals(projectId, opened.run), inlineControl(projectId, opened.run)]);
  if ("state" in opened) return <RunClient runId={runId} initial={opened} {...{ asked, control }} />;
  const script = earlyReadsScript(openingPaths(runId, opened.run.lastSeq), projectId);
  return (
    <>
      <EarlyReads script={script} nonce={(await headers()).get("x-nonce")} />
      <RunClient runId={runId} opening={opened} {...{ asked, control }} />
    </>
  );
}
