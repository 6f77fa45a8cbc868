import { useEffect, useRef } from "react";
import { toast } from "@/components/ui/toast";
import { type Deciding, useDecide } from "@/lib/client/hooks/use-decide";
import type { Approval } from "@/lib/core/api/approval";

const words: Readonly<Partial<Record<Approval["status"], string>>> = { approved: "Approved", denied: "Denied", answered: "Answered" };

/** Decides a request and says what came of it, also when the page has gone on to the next one. */
export function useToldDecide(approval: Approval): Deciding {
  const what = (one: Approval) => one.tool ?? one.question ?? one.run.name;
  const isShown = useRef(false);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return useDecide(approval, {
    onDecided: (decided, mine) => {
      const word = words[decided.status];
      const by = decided.decision?.by;
      if (mine) toast({ text: `${word ?? "Decided"}: ${what(decided)}`, tone: "good" });
      else toast({ text: `${by ? `Decided by ${by} before you` : "It can no longer be decided"}: ${what(decided)}` });
    },
    // Where it is shown it says so itself.
    onFailed: ({ message }) => {
      if (!isShown.current)
        toast({ text: `Not decided: ${what(approval)}. ${message}`, tone: "bad", href: `/approvals?id=${approval.id}` });
    },
  });
}
