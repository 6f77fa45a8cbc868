"use client";
import { AskedAction, asksForAction, useDrawnWhole } from "@/components/approvals/asked-action";
import { DecideControls } from "@/components/approvals/decide-controls";
import { useToldDecide } from "@/components/approvals/use-told-decide";
import { useApproval } from "@/lib/client/hooks/use-approvals";
import type { Approval } from "@/lib/core/api/approval";

/** What the run waits for, decided where it is watched: the same card as in the inbox. */
export function BannerDecision({ approval: listed }: { readonly approval: Approval }) {
  const approval = useApproval(listed.id, listed).data ?? listed;
  const deciding = useToldDecide(approval);
  const drawn = useDrawnWhole(approval);
  return (
    <div className="mt-2 flex max-h-[55vh] max-w-4xl flex-col gap-2 overflow-y-auto sm:ml-6">
      {asksForAction(approval) && <AskedAction approval={approval} drawn={drawn} compact />}
      <DecideControls approval={approval} deciding={deciding} mayApprove={drawn.isWhole} />
    </div>
  );
}
