import { dehydrate, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { approvalParams } from "@/components/approvals/approval-params";
import { ExactHydration } from "@/components/layout/exact-hydration";
import { approvalQueries, approvalsPageSize } from "@/lib/client/queries/approvals";
import { approvalTabStatuses } from "@/lib/core/approvals/tabs";
import { packExact } from "@/lib/core/exact-json";
import { listApprovals } from "@/lib/server/approvals/list-approvals";
import { requireSession } from "@/lib/server/http/require-session";
import { ApprovalsClient } from "./client";

export const metadata: Metadata = { title: "Approvals" };

const load = createLoader(approvalParams);

export default async function ApprovalsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { projectId } = await requireSession();
  const { tab } = await load(searchParams);
  const client = new QueryClient();
  await client.prefetchInfiniteQuery({
    ...approvalQueries.approvalList(tab),
    queryFn: () => listApprovals(projectId, { status: approvalTabStatuses[tab] }, { limit: approvalsPageSize(tab) }),
  });
  return (
    <ExactHydration state={dehydrate(client, { serializeData: packExact })}>
      <ApprovalsClient />
    </ExactHydration>
  );
}
