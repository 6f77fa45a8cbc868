import type { LoggedEvent } from "../../core/events/logged";
import type { Json, JsonObject } from "../../core/json";
import type { Outgoing } from "../contract";
import { own, readString } from "../shared";
import { exactEvent } from "../shared/exact-event";
import { decode } from "./decode";
import { powabaseEncoder } from "./encode";
import { usageOf } from "./encode-foreign";
import { pairKey, toolCallsOf } from "./tool-calls";

type Child = {
  readonly runId: string | null;
  readonly agent: string | undefined;
  readonly outgoing: Outgoing[];
  /** The calls that it made and that have not returned. */
  readonly calls: Set<string>;
  end: LoggedEvent | null;
  /** Gaps before it began that may have been a child's own events: pieces of text are kept for less time than the run. */
  readonly gapsBefore: number;
  /** Nothing is missing between its start and its end. */
  isWhole: boolean;
};

/** Types that are never a child's own frames. */
const ofOrchestration: ReadonlySet<string> = new Set(["sequential_step", "orchestration_started", "orchestration_completed"]);

/**
 * The children in an orchestration's log. Their frames come inline and mostly name nobody: such a frame belongs to a child if that child
 * alone is at work, and a result belongs to the child that made the call. What may belong to one of several is assigned to none here.
 */
export function childRunsOf(outgoing: readonly Outgoing[], isOver: boolean): JsonObject[] {
  const children: Child[] = [];
  const open = new OpenChildren();
  let gaps = 0;
  let lastSeq = (outgoing[0]?.event.seq ?? 1) - 1;
  for (const item of outgoing) {
    const { event } = item;
    if (event.seq !== lastSeq + 1) gaps += 1;
    lastSeq = event.seq;
    if (event.type === "delegation.started") {
      const child = begun(event, gaps);
      children.push(child);
      open.add(child);
    } else if (event.type === "delegation.completed") {
      const child = open.named(event);
      if (child) {
        child.end = exactEvent(item, decode);
        child.isWhole = child.gapsBefore === gaps;
        open.delete(child);
      }
    } else {
      const owner = ownerOf(event, open);
      if (owner) owner.outgoing.push(item);
      else if (isPiece(event)) gaps += 1;
    }
  }
  return children.map((child) => childRun(child, isOver));
}

function begun({ callId, edge, name }: LoggedEvent, gapsBefore: number): Child {
  return { runId: callId ?? null, agent: edge?.to ?? name, outgoing: [], calls: new Set(), end: null, gapsBefore, isWhole: false };
}

/** The children at work: there may be thousands, and every event looks up its own. */
class OpenChildren {
  readonly #all = new Set<Child>();
  readonly #byId = new Map<string | null, Set<Child>>();
  readonly #byAgent = new Map<string | undefined, Set<Child>>();

  add(child: Child): void {
    this.#all.add(child);
    setAt(this.#byId, child.runId).add(child);
    setAt(this.#byAgent, child.agent).add(child);
  }

  delete(child: Child): void {
    this.#all.delete(child);
    this.#byId.get(child.runId)?.delete(child);
    this.#byAgent.get(child.agent)?.delete(child);
  }

  /** The child that an event names, by id, else by an agent that has exactly one open child. */
  named({ callId, agent }: LoggedEvent): Child | undefined {
    const [byId] = (callId === undefined ? undefined : this.#byId.get(callId)) ?? [];
    return byId ?? (agent === undefined ? undefined : only(this.#byAgent.get(agent)));
  }

  /** The only child at work. */
  alone(): Child | undefined {
    return only(this.#all);
  }
}

function setAt<Key>(sets: Map<Key, Set<Child>>, key: Key): Set<Child> {
  const known = sets.get(key) ?? new Set();
  sets.set(key, known);
  return known;
}

function only(children: ReadonlySet<Child> | undefined): Child | undefined {
  return children?.size === 1 ? children.values().next().value : undefined;
}

function ownerOf(event: LoggedEvent, open: OpenChildren): Child | undefined {
  if (event.type.startsWith("run.") || ofOrchestration.has(event.source.type)) return undefined;
  const owner = open.named(event) ?? (event.agent === undefined ? open.alone() : undefined);
  if (owner === undefined) return undefined;
  if (event.type === "tool.called") owner.calls.add(pairKey(event));
  const isResult = event.type === "tool.returned" || event.type === "tool.failed";
  return isResult && !owner.calls.delete(pairKey(event)) ? undefined : owner;
}

function childRun({ runId, outgoing, end, isWhole }: Child, isOver: boolean): JsonObject {
  return {
    run_id: runId,
    status: end === null ? (isOver ? null : "running") : (readString(end.extra, "status") ?? (end.error ? "failed" : "completed")),
    steps: own(end?.extra, "steps") ?? null,
    content: end === null ? null : (end.output ?? (isWhole ? saidBy(outgoing) : null)),
    events: outgoing.map(powabaseEncoder.item).filter((item) => item !== null),
    tool_calls: toolCallsOf(outgoing),
    usage: (end && usageOf(end)) ?? null,
    model: end?.usage?.model ?? null,
  };
}

function isPiece({ source }: LoggedEvent): boolean {
  return source.type === "entity_chunk";
}

/** The pieces of a child's text, joined. */
function saidBy(outgoing: readonly Outgoing[]): Json {
  const pieces = outgoing.filter(({ event }) => isPiece(event));
  return pieces.length === 0 ? null : pieces.map(({ event }) => event.text ?? "").join("");
}
