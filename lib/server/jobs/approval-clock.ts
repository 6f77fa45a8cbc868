import type { Logger } from "pino";
import { expireApprovals, finishDecisions } from "../approvals/expire-approvals";
import { actOnCrossings } from "../budgets/act-on-crossings";
import { finishControls } from "../control/record-control";
import { WakefulLoop } from "./wakeful-loop";

const everyMs = 500;

/** Lets deadlines pass, acts on crossed budgets, and finishes decisions and control requests that a process left half done. Returns the call that stops it. */
export function startApprovalClock(log: Logger): () => Promise<void> {
  const round = async () => (await expireApprovals()) + (await finishDecisions()) + (await finishControls()) + (await actOnCrossings()) > 0;
  const loop = new WakefulLoop({ name: "approvals", round, everyMs, log });
  // The process's services are in place when the first beat comes.
  const first = setTimeout(() => loop.start(), everyMs);
  return async () => {
    clearTimeout(first);
    await loop.stop();
  };
}
