import { type Dialect, dialectLabels } from "../dialect";
import { isTerminal, type RunStatus } from "../run/status";
import { type ControlAction, controlActions } from "./words";

/** What is known about a run's agent and its system when somebody wants to control it. */
export type Controllable = {
  readonly dialect: Dialect;
  readonly status: RunStatus;
  /** The run's agent has polled us for control requests before. */
  readonly listening: boolean;
  /** What can be called at the source's address. */
  readonly reachable: readonly ControlAction[];
};

export type Refusal = {
  readonly code: "run_ended" | "already_paused" | "not_paused" | "being_cancelled" | "not_controllable";
  readonly message: string;
};

/** Systems whose own agents receive control requests on their stream or by polling. */
const listensByItself: ReadonlySet<Dialect> = new Set(["shannon"]);

const asked: Readonly<Record<ControlAction, RunStatus>> = { pause: "pausing", resume: "running", cancel: "cancelling" };

/** The run's status, or the one that the open request leads to: it determines what can be asked next. */
export function askedStatus(status: RunStatus, open: ControlAction | undefined): RunStatus {
  return open === undefined || isTerminal(status) ? status : asked[open];
}

/** Why a run cannot be paused, resumed or cancelled now; null = it can. `status` is the fold's, never `stalled`. */
export function controlRefusal(run: Controllable, action: ControlAction): Refusal | null {
  return stateRefusal(run.status, action) ?? reachRefusal(run, action);
}

function stateRefusal(status: RunStatus, action: ControlAction): Refusal | null {
  if (isTerminal(status))
    return {
      code: "run_ended",
      message: `The run has ended: it ${endWords[status] ?? status}.`,
    };
  if (status === "cancelling") return { code: "being_cancelled", message: "The run is already being cancelled." };
  const held = status === "paused" || status === "pausing";
  if (action === "pause" && held) return { code: "already_paused", message: `The run is already ${status}.` };
  if (action === "resume" && !held) return { code: "not_paused", message: "The run is not paused." };
  return null;
}

const endWords: Partial<Record<RunStatus, string>> = { failed: "failed", cancelled: "was cancelled", expired: "exceeded its deadline" };

function reachRefusal({ dialect, listening, reachable }: Controllable, action: ControlAction): Refusal | null {
  if (listensByItself.has(dialect) || listening || reachable.includes(action)) return null;
  return {
    code: "not_controllable",
    message: `Watchfloor cannot tell ${dialectLabels[dialect]} to ${action}, and the run's agent has not polled for control requests (GET /api/runs/{id}/control).`,
  };
}

export type ControlChoice = { readonly action: ControlAction; readonly refusal: Refusal | null };

export function controlChoices(run: Controllable): ControlChoice[] {
  return controlActions.map((action) => ({ action, refusal: controlRefusal(run, action) }));
}
