import type { Logger } from "pino";
import { expireApprovals, finishDecisions } from "../approvals/expire-approvals";
import { actOnCrossings } from "../budgets/act-on-crossings";
import { finishControls } from "../control/record-control";
import { WakefulLoop } from "./wakeful-loop";

const everyMs = 500;

/**
 * Expires requests, finishes decisions and control requests that a process left half done, and acts on crossed budgets. The last runs in
 * its own loop: a budget may have thousands of runs to ask, and no deadline should wait for that. Returns a function that stops it.
 */
export function startApprovalClock(log: Logger): () => Promise<void> {
  const approvals = async () => (await expireApprovals()) + (await finishDecisions()) + (await finishControls()) > 0;
  const state = { stopping: false };
  const budgets = async () => (await actOnCrossings(() => state.stopping)) > 0;
  const loops = [
    new WakefulLoop({ name: "approvals", round: approvals, everyMs, log }),
    new WakefulLoop({ name: "crossed budgets", round: budgets, everyMs, log }),
  ];
  // The process's services are in place by the first beat.
  const first = setTimeout(() => {
    for (const loop of loops) loop.start();
  }, everyMs);
  return async () => {
    state.stopping = true;
    clearTimeout(first);
    await Promise.all(loops.map((loop) => loop.stop()));
  };
}
