import type { Approval } from "@/lib/core/api/approval";
import type { Principal } from "../http/principal";
import { services } from "../services";
import { toApproval } from "./approval-row";
import { findApproval } from "./find-approval";
import { noteDelivered } from "./note-receipt";

/** `given` notes that the caller was given it: for when the answer goes out. */
export type Awaited = { readonly approval: Approval; readonly given: () => void };

/** A request as it is, or, when it waits, as it is once it was decided, at the latest after `waitMs`. Throws not_found. */
export async function awaitDecision(principal: Principal, id: string, waitMs: number): Promise<Awaited> {
  const { projectId } = principal;
  const watch = services().decisions.watch(projectId, id);
  try {
    const found = await findApproval(projectId, id);
    const waits = waitMs > 0 && found.approval.status === "pending";
    if (waits) await watch.settled(waitMs);
    const approval = toApproval(waits ? await findApproval(projectId, id) : found);
    const given = () => {
      // A browser that looks at it is not the agent.
      if (approval.receipt !== null && approval.receipt.deliveredAt === null && principal.kind !== "session")
        noteDelivered(principal, id, waits ? "long-poll" : "poll");
    };
    return { approval, given };
  } finally {
    watch.stop();
  }
}
