import type { UsageScope } from "../events/canonical";
import type { OrderKey } from "../run/order-key";
import type { ModelProviders } from "./model-providers";
import type { OpenCalls } from "./open-calls";

/** Sums of one scope. Tokens are counts, cost is nano-dollars, all non-negative safe integers. */
export type UsageSum = {
  /** Where the figures were measured. */
  readonly scope: UsageScope;
  readonly events: number;
  /** Normalised: input without cached classes, which are counted separately. */
  readonly input: number;
  readonly output: number;
  readonly cachedRead: number;
  readonly cachedWrite: number;
  readonly reasoning: number;
  /** As reported if reported, else the sum of the classes. */
  readonly total: number;
  readonly reportedNanos: number;
  /** Events that reported a cost: distinguishes a reported zero from no report. */
  readonly costed: number;
  readonly estimatedNanos: number;
  /** Events with tokens but no reported cost, whose model has no known price. */
  readonly unpriced: number;
};

export type UsageState = {
  /** Model calls that report themselves. */
  readonly calls: UsageSum;
  /** Totals that agents report when they end. */
  readonly agents: UsageSum;
  /** The total that the system reports for the whole run; the latest in the sender's order. */
  readonly run: UsageSum | null;
  readonly runAt: OrderKey | null;
  readonly runModel: string | null;
  /** From the finest scope that names the model: calls, else agents, else the run's total. At most 200; the rest is under `(other)`. */
  readonly byModel: { readonly [model: string]: UsageSum };
  /** Call scope if the agent's calls report, else agent scope. At most 1,000; the rest is under `(other)`. */
  readonly byAgent: { readonly [agent: string]: UsageSum };
  /** Absent if no usage named one. */
  readonly providers?: ModelProviders;
  /** Absent if no call announced an output limit. */
  readonly open?: OpenCalls;
};
