"use client";
import { classNames } from "@/components/ui/class-names";
import type { Deciding } from "@/lib/client/hooks/use-decide";
import type { Approval } from "@/lib/core/api/approval";
import { DecideBar } from "./decide-bar";
import { Outcome } from "./outcome";
import { Refused } from "./refused";

type DecideControlsProps = {
  readonly approval: Approval;
  readonly deciding: Deciding;
  readonly mayApprove: boolean;
  readonly onDecided?: (id: string) => void;
  readonly className?: string;
};

/** What to do with a request, or what was done with it. */
export function DecideControls({ approval, deciding, mayApprove, onDecided, className }: DecideControlsProps) {
  const waits = approval.status === "pending";
  return (
    <div className={classNames("flex flex-col gap-2", className)}>
      {deciding.error && <Refused error={deciding.error} />}
      {!waits && <Outcome approval={approval} />}
      {(waits || deciding.isPending) && (
        <DecideBar
          key={approval.id}
          approval={approval}
          deciding={deciding}
          mayApprove={mayApprove}
          hidden={!waits}
          {...(onDecided ? { onDecided } : {})}
        />
      )}
    </div>
  );
}
