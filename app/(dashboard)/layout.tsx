import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { projectQueries } from "@/lib/client/queries/project";
import { alertLogHead } from "@/lib/server/alerts/read-news";
import { requireSession } from "@/lib/server/http/require-session";
import { services } from "@/lib/server/services";
import { principalOf } from "@/lib/server/session/session-principal";
import { whoIs } from "@/lib/server/session/who-is";

export default async function DashboardLayout({ children }: { readonly children: ReactNode }) {
  const session = await requireSession();
  const { projectId } = session;
  const client = new QueryClient();
  // Pages are drawn beside this and may read a little later: what happens in between is told of rather than passed over.
  const [alertsKnown] = await Promise.all([
    alertLogHead(services().pool, projectId),
    // With the page, so that nothing is offered at first that this browser may not do.
    client.prefetchQuery({ ...projectQueries.me(), queryFn: () => whoIs(principalOf(session)) }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AppShell projectId={projectId} alertsKnown={alertsKnown}>
        {children}
      </AppShell>
    </HydrationBoundary>
  );
}
