"use client";
import { useEffect, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { Needs } from "@/components/ui/needs";
import type { Deciding } from "@/lib/client/hooks/use-decide";
import type { Approval } from "@/lib/core/api/approval";
import { DecideBar } from "./decide-bar";
import { Outcome } from "./outcome";
import { Refused } from "./refused";

type DecideControlsProps = {
  readonly approval: Approval;
  readonly deciding: Deciding;
  readonly mayApprove: boolean;
  /** Nothing that is pressed counts yet. */
  readonly asleep?: boolean;
  readonly onDecided?: (id: string) => void;
  readonly className?: string;
};

/** What to do with a request, or what was done with it. */
export function DecideControls({ approval, deciding, mayApprove, asleep = false, onDecided, className }: DecideControlsProps) {
  const waits = approval.status === "pending";
  return (
    <div className={classNames("flex flex-col gap-2", className)}>
      {deciding.error && <Refused error={deciding.error} />}
      {!waits && <Outcome approval={approval} />}
      {deciding.isPending && <NotStoredYet />}
      {(waits || deciding.isPending) && (
        <Needs scope="decide" otherwise={(refusal) => waits && !deciding.error && <MayNot refusal={refusal} />}>
          <DecideBar
            key={approval.id}
            approval={approval}
            deciding={deciding}
            mayApprove={mayApprove}
            asleep={asleep}
            hidden={!waits}
            {...(onDecided ? { onDecided } : {})}
          />
        </Needs>
      )}
    </div>
  );
}

function MayNot({ refusal }: { readonly refusal: string }) {
  return (
    <p role="status" className="rounded-box border bg-inset px-3 py-2 text-muted">
      {refusal}
    </p>
  );
}

/** A server that is well answers long before. */
const noticeableMs = 1_000;

/** What was decided is shown at once; that it is only said so far is shown as soon as the answer takes its time. */
function NotStoredYet() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), noticeableMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p role="status" className="text-waiting">
      {late && "Not saved yet: the server has not responded. The agent hears nothing until it does."}
    </p>
  );
}
