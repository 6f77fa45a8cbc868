import type { Metadata } from "next";
import { RunClient } from "./client";

export const metadata: Metadata = { title: "Run" };

type RunPageProps = { readonly params: Promise<{ readonly runId: string }> };

export default async function RunPage({ params }: RunPageProps) {
  const { runId } = await params;
  return <RunClient runId={decodeURIComponent(runId)} />;
}
