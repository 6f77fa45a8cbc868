import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { runAsAgent } from "@/lib/core/run/team";
import type { TeamState } from "@/lib/core/run/team-state";
import type { UsageState } from "@/lib/core/usage/state";
import { Part } from "../part";
import { useElementWidth } from "../timeline/use-element-width";
import { AgentNode } from "./agent-node";
import { columnPx } from "./lay-out-team";
import { layoutEdges } from "./layout-edges";
import { nearestNode } from "./nearest-node";
import { type GraphEdge, type GraphNode, prepareGraph } from "./prepare-graph";
import { TeamEdges } from "./team-edges";
import { useTeamLayout } from "./use-team-layout";

type TeamGraphViewProps = {
  readonly team: TeamState;
  readonly usage: UsageState;
  readonly selectedSeq: number | null;
  readonly selectedAgent: string | null;
  readonly onSelect: (seq: number) => void;
  readonly choice: ReactNode;
};

/** Above this many agents those of one role, or of one level, are drawn as one. */
const groupedAbove = 24;
const mostColumns = 8;

/** The declared team: who is below whom, and what was delegated and said. */
export function TeamGraphView({ team, usage, selectedSeq, selectedAgent, onSelect, choice }: TeamGraphViewProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set());
  const [focused, setFocused] = useState<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const widthPx = useElementWidth(frame);
  const perRow = Math.max(2, Math.min(mostColumns, Math.floor((widthPx - 4) / columnPx)));
  const graph = useMemo(() => prepareGraph(team, usage, { above: groupedAbove, opened }), [team, usage, opened]);
  const layout = useTeamLayout({
    nodes: graph.nodes.map(({ id }) => id),
    edges: layoutEdges(graph),
    perRow,
  });
  const isSelected = (node: GraphNode) => node.agents.some(({ agent, firstSeq }) => agent === selectedAgent || firstSeq === selectedSeq);
  const selected = graph.nodes.find(isSelected) ?? null;
  const tabStop = focused ?? selected?.id ?? graph.nodes[0]?.id;
  const open = (node: GraphNode) => {
    const [first] = node.agents;
    if (node.group !== null) setOpened(new Set([...opened, node.group]));
    else if (first) onSelect(first.firstSeq);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const id = (event.target as HTMLElement).closest<HTMLElement>("[data-node]")?.dataset.node;
    const next = id !== undefined && layout ? nearestNode(layout.places, id, event.key) : null;
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setFocused(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-node="${CSS.escape(next)}"]`)?.focus();
  };
  return (
    <>
      <div className="flex min-h-8 shrink-0 flex-wrap items-center gap-2 border-b px-3 text-faint text-meta">
        <Legend nodes={graph.nodes} edges={graph.edges} />
        <span className="ml-auto flex items-center gap-2">
          {opened.size > 0 && (
            <Button size="small" look="quiet" onClick={() => setOpened(new Set())}>
              Collapse groups
            </Button>
          )}
          {choice}
        </span>
      </div>
      <Part
        ref={frame}
        role="group"
        aria-label="Team graph"
        className="relative min-h-0 flex-1 overflow-auto overscroll-contain bg-ground"
        onKeyDown={press}
      >
        {layout && (
          <div className="relative mx-auto" style={{ width: layout.width, height: layout.height }}>
            <TeamEdges {...{ ...graph, layout, selectedSeq, onSelect }} near={focused ?? selected?.id ?? null} />
            {graph.nodes.map((node) => (
              <AgentNode
                key={node.id}
                {...{ node, onOpen: open, onFocus: setFocused }}
                place={layout.places[node.id]}
                selected={node === selected}
                tabStop={node.id === tabStop}
              />
            ))}
          </div>
        )}
      </Part>
    </>
  );
}

function Legend({ nodes, edges }: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] }) {
  const agents = nodes.reduce((sum, node) => sum + node.agents.filter(({ agent }) => agent !== runAsAgent).length, 0);
  const grouped = nodes.filter((node) => node.group !== null).length;
  const silent = edges.every((edge) => edge.lastSeq === 0) && nodes.every((node) => node.within === 0);
  return (
    <>
      <span className="figures">
        {agents.toLocaleString("en")} {agents === 1 ? "agent" : "agents"}
        {grouped > 0 && `, ${grouped} ${grouped === 1 ? "group" : "groups"}: press one to open it`}
      </span>
      {silent ? (
        <span>No delegations or messages between agents were reported.</span>
      ) : (
        <span className="hidden @[44rem]/run-view:inline">solid: delegations and messages · dashed: recruited only</span>
      )}
    </>
  );
}
