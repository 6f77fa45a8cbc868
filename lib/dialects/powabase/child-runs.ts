import type { LoggedEvent } from "../../core/events/logged";
import type { Json, JsonObject } from "../../core/json";
import type { Outgoing } from "../contract";
import { own, readString } from "../shared";
import { powabaseEncoder } from "./encode";
import { usageOf } from "./encode-foreign";
import { pairKey, toolCallsOf } from "./tool-calls";

type Child = {
  readonly runId: string | null;
  readonly agent: string | undefined;
  readonly outgoing: Outgoing[];
  /** Of the calls that it made and that have not returned. */
  readonly calls: Set<string>;
  end: LoggedEvent | null;
  /** Nothing is missing that may be its own: pieces of text are kept for a shorter time than the run. */
  isWhole: boolean;
};

/** What a child's own frames never are. */
const ofOrchestration: ReadonlySet<string> = new Set(["sequential_step", "orchestration_started", "orchestration_completed"]);

/**
 * The children that an orchestration's log tells of. Their frames come inline and mostly name nobody: such a frame is a child's where that
 * child alone is at work, and a result where its call was that child's. What may be of one or another of several is nobody's here.
 */
export function childRunsOf(outgoing: readonly Outgoing[], isOver: boolean): JsonObject[] {
  const children: Child[] = [];
  let lastSeq = (outgoing[0]?.event.seq ?? 1) - 1;
  for (const item of outgoing) {
    const { event } = item;
    if (event.seq !== lastSeq + 1) noteGap(children);
    lastSeq = event.seq;
    if (event.type === "delegation.started") {
      children.push(begun(event));
    } else if (event.type === "delegation.completed") {
      const child = openChild(children, event);
      if (child) child.end = event;
    } else {
      const owner = ownerOf(event, children);
      if (owner) owner.outgoing.push(item);
      else if (isPiece(event)) noteGap(children);
    }
  }
  return children.map((child) => childRun(child, isOver));
}

function begun({ callId, edge, name }: LoggedEvent): Child {
  return { runId: callId ?? null, agent: edge?.to ?? name, outgoing: [], calls: new Set(), end: null, isWhole: true };
}

/** The open child that an event names, by id, else by an agent who has one open child alone. */
function openChild(children: readonly Child[], { callId, agent }: LoggedEvent): Child | undefined {
  const open = children.filter(({ end }) => end === null);
  const byId = callId === undefined ? undefined : open.find(({ runId }) => runId === callId);
  const byAgent = open.filter((child) => agent !== undefined && child.agent === agent);
  return byId ?? (byAgent.length === 1 ? byAgent[0] : undefined);
}

function ownerOf(event: LoggedEvent, children: readonly Child[]): Child | undefined {
  if (event.type.startsWith("run.") || ofOrchestration.has(event.source.type)) return undefined;
  const open = children.filter(({ end }) => end === null);
  const owner = openChild(children, event) ?? (event.agent === undefined && open.length === 1 ? open[0] : undefined);
  if (owner === undefined) return undefined;
  if (event.type === "tool.called") owner.calls.add(pairKey(event));
  const isResult = event.type === "tool.returned" || event.type === "tool.failed";
  return isResult && !owner.calls.delete(pairKey(event)) ? undefined : owner;
}

function childRun({ runId, outgoing, end, isWhole }: Child, isOver: boolean): JsonObject {
  const events = outgoing.map(({ event }) => event);
  return {
    run_id: runId,
    status: end === null ? (isOver ? null : "running") : (readString(end.extra, "status") ?? (end.error ? "failed" : "completed")),
    steps: own(end?.extra, "steps") ?? null,
    content: end === null ? null : (end.output ?? (isWhole ? saidBy(outgoing) : null)),
    events: outgoing.map(powabaseEncoder.item).filter((item) => item !== null),
    tool_calls: toolCallsOf(events),
    usage: (end && usageOf(end)) ?? null,
    model: end?.usage?.model ?? null,
  };
}

function isPiece({ source }: LoggedEvent): boolean {
  return source.type === "entity_chunk";
}

function noteGap(children: readonly Child[]): void {
  for (const child of children) if (child.end === null) child.isWhole = false;
}

/** The pieces of a child's text, joined. */
function saidBy(outgoing: readonly Outgoing[]): Json {
  const pieces = outgoing.filter(({ event }) => isPiece(event));
  return pieces.length === 0 ? null : pieces.map(({ event }) => event.text ?? "").join("");
}
