import type { LoggedEvent } from "../events/logged";
import { clip } from "../run/clip";
import { orderKey } from "../run/moment";
import { compareOrder, type OrderKey } from "../run/order-key";

/** The latest call of an agent that said before it how much it may put out. */
export type OpenCall = {
  readonly model: string | null;
  /** null: the call has ended. */
  readonly maxTokens: number | null;
  readonly at: OrderKey;
};

/** By agent. Only agents that ever said it are in here, at most 200. */
export type OpenCalls = { readonly [agent: string]: OpenCall };

const mostAgents = 200;
const nameLimit = 200;

/** What each agent may still put out in the call that it has under way, where it says so. */
export function evolveOpenCalls(calls: OpenCalls | undefined, events: readonly LoggedEvent[]): OpenCalls | undefined {
  let found = calls;
  for (const event of events) {
    const begins = event.type === "model.prompted" && event.maxTokens !== undefined;
    if ((!begins && (found === undefined || event.type !== "model.completed")) || event.agent === undefined) continue;
    const agent = clip(event.agent, nameLimit);
    const known = found !== undefined && Object.hasOwn(found, agent) ? found[agent] : undefined;
    const at = orderKey(event);
    if (known === undefined ? !begins || Object.keys(found ?? {}).length >= mostAgents : compareOrder(at, known.at) < 0) continue;
    const call = {
      model: event.name === undefined ? null : clip(event.name, nameLimit),
      maxTokens: (begins && event.maxTokens) || null,
      at,
    };
    // fromEntries defines own properties, so that an agent named __proto__ stays a name.
    found = Object.fromEntries([...Object.entries(found ?? {}), [agent, call]]);
  }
  return found;
}
