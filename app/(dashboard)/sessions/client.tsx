"use client";
import { BackTitle } from "@/components/layout/back-title";
import { PageHeader } from "@/components/layout/page-header";
import { SessionList } from "@/components/sessions/session-list";
import { useSessions } from "@/lib/client/hooks/use-sessions";

export function SessionsClient() {
  const view = useSessions();
  return (
    <div className="flex h-full min-h-0 flex-col">
      <PageHeader title={<BackTitle href="/runs" to="the runs" title="Sessions" />} />
      <section aria-label="List of sessions" className="min-h-0 flex-1 border-t bg-panel">
        <SessionList view={view} />
      </section>
    </div>
  );
}
