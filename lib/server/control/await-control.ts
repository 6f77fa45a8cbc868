import type { RunControl } from "@/lib/core/api/control";
import { isTerminal } from "@/lib/core/run/status";
import type { CachedRun } from "../events/append/run-cache";
import type { Principal } from "../http/principal";
import { findRun } from "../runs/find-run";
import { services } from "../services";
import { controlOf, latestControl } from "./find-control";
import { noteControlSent, noteListening } from "./note-control";

/** `given` records that the caller received the request; call it when the response goes out. */
export type AwaitedControl = { readonly control: RunControl; readonly given: () => void };
type Asked = {
  readonly waitMs: number;
  /** Number of the last request that the caller knows. */
  readonly after: number;
};

/**
 * The latest control request of a run. If none is newer than `after`, waits for one, for at most `waitMs`. A caller with a key is the
 * agent.
 */
export async function awaitControl(principal: Principal, run: CachedRun, { waitMs, after }: Asked): Promise<AwaitedControl> {
  await noteListening(principal, run);
  const watch = services().controls.watch(run.projectId, run.id, after);
  try {
    const known = await latestControl(run);
    const waits = waitMs > 0 && (known?.number ?? 0) <= after && !isTerminal(run.state.lifecycle.status);
    if (waits) await watch.settled(waitMs);
    const latest = waits ? await latestControl(run) : known;
    const given = () => {
      if (latest !== null && principal.kind !== "session") noteControlSent(latest, waits ? "long-poll" : "poll");
    };
    return { control: await controlOf(await findRun(run.projectId, run.id)), given };
  } finally {
    watch.stop();
  }
}
