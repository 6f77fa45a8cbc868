import type { Approval } from "@/lib/core/api/approval";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { toApproval } from "./approval-row";
import { findApproval } from "./find-approval";
import { noteDelivered } from "./note-receipt";

/** `given` records that the caller received the decision; call it when the response goes out. */
export type Awaited = { readonly approval: Approval; readonly given: () => void };

/** Returns a request; if it is pending, waits until it is decided, for at most `waitMs`. Throws not_found. */
export async function awaitDecision(principal: Principal, id: string, waitMs: number): Promise<Awaited> {
  const { projectId } = principal;
  const watch = services().decisions.watch(projectId, id);
  try {
    const found = await findApproval(projectId, id);
    const waits = waitMs > 0 && found.approval.status === "pending";
    if (waits) await watch.settled(waitMs);
    const approval = toApproval(waits ? await findApproval(projectId, id) : found);
    const given = () => {
      // A browser that views it is not the agent.
      if (approval.receipt !== null && approval.receipt.deliveredAt === null && principal.kind !== "session")
        noteDelivered(principal, id, waits ? "long-poll" : "poll");
    };
    return { approval, given };
  } finally {
    watch.stop();
  }
}
