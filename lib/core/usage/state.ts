import type { UsageScope } from "../events/canonical";
import type { OrderKey } from "../run/order-key";
import type { ModelProviders } from "./model-providers";
import type { OpenCalls } from "./open-calls";

/** Sums of one scope. Tokens are counts, money is nano-dollars, all non-negative safe integers. */
export type UsageSum = {
  /** Where the summed figures were measured. */
  readonly scope: UsageScope;
  readonly events: number;
  /** Normalised: input without cached classes, which stand beside it. */
  readonly input: number;
  readonly output: number;
  readonly cachedRead: number;
  readonly cachedWrite: number;
  readonly reasoning: number;
  /** As reported where reported, else the sum of the classes. */
  readonly total: number;
  readonly reportedNanos: number;
  /** Events that reported a cost: tells a reported zero from no report. */
  readonly costed: number;
  readonly estimatedNanos: number;
  /** Events with tokens, without a reported cost, whose model has no known price. */
  readonly unpriced: number;
};

export type UsageState = {
  /** Model calls that report themselves. */
  readonly calls: UsageSum;
  /** Totals that agents report at their end. */
  readonly agents: UsageSum;
  /** The total that the system reports for the whole run; the latest by the sender's order. */
  readonly run: UsageSum | null;
  readonly runAt: OrderKey | null;
  readonly runModel: string | null;
  /** The finest scope that names the model: calls, else agents, else the run's total. At most 200; the rest is under `(other)`. */
  readonly byModel: { readonly [model: string]: UsageSum };
  /** Call scope where the agent's calls report, else agent scope. At most 1,000; the rest is under `(other)`. */
  readonly byAgent: { readonly [agent: string]: UsageSum };
  /** Absent where no usage named one. */
  readonly providers?: ModelProviders;
  /** Absent where no call said how much it may put out. */
  readonly open?: OpenCalls;
};
