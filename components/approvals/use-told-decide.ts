import { toast } from "@/components/ui/toast";
import { type Deciding, useDecide } from "@/lib/client/hooks/use-decide";
import type { Approval } from "@/lib/core/api/approval";

const words: Readonly<Partial<Record<Approval["status"], string>>> = { approved: "Approved", denied: "Denied", answered: "Answered" };

/** Decides a request and says what came of it, also when the page has gone on to the next one. */
export function useToldDecide(approval: Approval): Deciding {
  return useDecide(approval, (decided, mine) => {
    const what = decided.tool ?? decided.question ?? decided.run.name;
    const word = words[decided.status];
    const by = decided.decision?.by;
    if (mine) toast({ text: `${word ?? "Decided"}: ${what}`, tone: "good" });
    else toast({ text: `${by ? `Decided by ${by} before you` : "It can no longer be decided"}: ${what}` });
  });
}
