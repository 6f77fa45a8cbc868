import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { alertLogHead } from "@/lib/server/alerts/read-news";
import { requireSession } from "@/lib/server/http/require-session";
import { services } from "@/lib/server/services";

export default async function DashboardLayout({ children }: { readonly children: ReactNode }) {
  const { projectId } = await requireSession();
  // Pages are drawn beside this and may read a little later: what happens in between is told of rather than passed over.
  const alertsKnown = await alertLogHead(services().pool, projectId);
  return (
    <AppShell projectId={projectId} alertsKnown={alertsKnown}>
      {children}
    </AppShell>
  );
}
