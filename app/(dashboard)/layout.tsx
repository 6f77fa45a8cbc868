import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { requireSession } from "@/lib/server/http/require-session";

export default async function DashboardLayout({ children }: { readonly children: ReactNode }) {
  const { projectId } = await requireSession();
  return <AppShell projectId={projectId}>{children}</AppShell>;
}
