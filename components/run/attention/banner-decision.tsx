"use client";
import { AskedAction, asksForAction, useDrawnWhole } from "@/components/approvals/asked-action";
import { DecideControls } from "@/components/approvals/decide-controls";
import { useTakenIn } from "@/components/approvals/use-taken-in";
import { useToldDecide } from "@/components/approvals/use-told-decide";
import { useApproval } from "@/lib/client/hooks/use-approvals";
import type { Approval } from "@/lib/core/api/approval";

type BannerDecisionProps = {
  readonly approval: Approval;
  /** It has taken the place of another request: its buttons stand where those of that one were pressed. */
  readonly isNext: boolean;
};

/** What the run waits for, decided where it is watched: the same card as in the inbox. */
export function BannerDecision({ approval: listed, isNext }: BannerDecisionProps) {
  const approval = useApproval(listed.id, listed).data ?? listed;
  const deciding = useToldDecide(approval);
  const drawn = useDrawnWhole(approval);
  const asleep = useTakenIn(isNext);
  return (
    <div className="mt-2 flex max-h-[55vh] max-w-4xl flex-col gap-2 overflow-y-auto sm:ml-6">
      {asksForAction(approval) && <AskedAction approval={approval} drawn={drawn} compact />}
      <DecideControls approval={approval} deciding={deciding} mayApprove={drawn.isWhole} asleep={asleep} />
    </div>
  );
}
