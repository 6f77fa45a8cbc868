import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { alertQueries } from "@/lib/client/queries/alerts";
import { listAlerts } from "@/lib/server/alerts/list-alerts";
import { listRules } from "@/lib/server/alerts/list-rules";
import { requireSession } from "@/lib/server/http/require-session";
import { AlertsClient } from "./client";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsPage() {
  const { projectId } = await requireSession();
  const client = new QueryClient();
  await Promise.all([
    client.prefetchInfiniteQuery({ ...alertQueries.firingAlerts(), queryFn: () => listAlerts(projectId, { state: "firing", limit: 500 }) }),
    client.prefetchQuery({ ...alertQueries.alertRules(), queryFn: () => listRules(projectId) }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AlertsClient />
    </HydrationBoundary>
  );
}
