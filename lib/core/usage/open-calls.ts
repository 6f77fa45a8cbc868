import type { LoggedEvent } from "../events/logged";
import { clip } from "../run/clip";
import { orderKey } from "../run/moment";
import { compareOrder, type OrderKey } from "../run/order-key";
import { RecordDraft } from "../run/record-draft";

/** An agent's latest call that announced its output limit. */
export type OpenCall = {
  readonly model: string | null;
  /** null: the call has ended. */
  readonly maxTokens: number | null;
  readonly at: OrderKey;
};

/** By agent. Contains only agents that ever announced a limit, at most 200. */
export type OpenCalls = { readonly [agent: string]: OpenCall };

const mostAgents = 200;
const nameLimit = 200;

/** What each agent may still output in its current call, if it says so. */
export function evolveOpenCalls(calls: OpenCalls | undefined, events: readonly LoggedEvent[]): OpenCalls | undefined {
  let draft: RecordDraft<OpenCall> | null = null;
  for (const event of events) {
    const begins = event.type === "model.prompted" && event.maxTokens !== undefined;
    const ends = event.type === "model.completed" && (draft !== null || calls !== undefined);
    if ((!begins && !ends) || event.agent === undefined) continue;
    draft ??= new RecordDraft(calls ?? {});
    const agent = clip(event.agent, nameLimit);
    const known = draft.get(agent);
    const at = orderKey(event);
    if (known === undefined ? !begins || draft.count() >= mostAgents : compareOrder(at, known.at) < 0) continue;
    draft.set(agent, {
      model: event.name === undefined ? null : clip(event.name, nameLimit),
      maxTokens: (begins && event.maxTokens) || null,
      at,
    });
  }
  return draft === null || draft.read() === draft.base ? calls : draft.read();
}
