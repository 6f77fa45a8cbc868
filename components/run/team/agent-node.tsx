import { Layers } from "lucide-react";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import { Money, Tokens, Unpriced } from "@/components/ui/figures";
import { FittedName } from "@/components/ui/fitted-name";
import { SafeText } from "@/components/ui/safe-text";
import { agentLooks, statusCounts } from "./agent-looks";
import { nodeSize } from "./lay-out-team";
import type { GraphNode } from "./prepare-graph";

type AgentNodeProps = {
  readonly node: GraphNode;
  /** Its centre; without one it has not been laid out yet. */
  readonly place: { readonly x: number; readonly y: number } | undefined;
  readonly selected: boolean;
  readonly tabStop: boolean;
  readonly onOpen: (node: GraphNode) => void;
  readonly onFocus: (id: string) => void;
};

/** One agent, or a role's agents as a stack. */
export function AgentNode({ node, place, selected, tabStop, onOpen, onFocus }: AgentNodeProps) {
  if (!place) return null;
  const isGroup = node.group !== null;
  // "researcher-cost, researcher" says it twice.
  const role = node.role !== null && !node.label.includes(node.role) && !isGroup ? node.role : null;
  return (
    <BareButton
      data-node={node.id}
      tabIndex={tabStop ? 0 : -1}
      title={role === null ? node.label : `${node.label}: ${role}`}
      aria-pressed={isGroup ? undefined : selected}
      aria-expanded={isGroup ? false : undefined}
      onClick={() => onOpen(node)}
      onFocus={() => onFocus(node.id)}
      className={classNames(
        "absolute flex flex-col justify-center gap-0.5 rounded-box border bg-panel px-2.5 text-left hover:border-line-strong",
        selected && "border-accent ring-1 ring-accent",
        isGroup && "shadow-[3px_3px_0_-1px_var(--panel),3px_3px_0_0_var(--line-strong)]",
      )}
      style={{ left: place.x - nodeSize.width / 2, top: place.y - nodeSize.height / 2, width: nodeSize.width, height: nodeSize.height }}
    >
      <span className="flex min-w-0 items-center gap-1.5">
        {isGroup ? <Layers aria-hidden size={14} className="shrink-0 text-muted" /> : <StatusIcon node={node} />}
        <FittedName name={node.label.slice(0, 200)} className="font-medium" />
      </span>
      <span className="flex min-w-0 items-center gap-2 truncate text-meta text-muted">
        {isGroup ? <Statuses node={node} /> : <span className="sr-only">{node.agents[0] && agentLooks[node.agents[0].status].word}</span>}
        {node.tokens > 0 && <Tokens count={node.tokens} />}
        {node.nanos > 0 && <Money nanos={node.nanos} estimated={node.estimated} />}
        <Unpriced calls={node.unpriced} isAll />
        {node.tokens === 0 && node.nanos === 0 && !isGroup && (
          <span className="text-faint">{node.agents[0] && agentLooks[node.agents[0].status].word}</span>
        )}
        {role && (
          <span className="min-w-0 truncate text-faint">
            <SafeText text={role.slice(0, 60)} />
          </span>
        )}
        {node.within > 0 && (
          <span title={`${node.within.toLocaleString("en")} among themselves`}>⇄ {node.within.toLocaleString("en")}</span>
        )}
      </span>
    </BareButton>
  );
}

function StatusIcon({ node }: { readonly node: GraphNode }) {
  const [agent] = node.agents;
  if (!agent) return null;
  const { icon: Icon, tone, word } = agentLooks[agent.status];
  return (
    <span title={word} className={classNames("shrink-0", tone)}>
      <Icon aria-hidden size={14} strokeWidth={1.75} />
    </span>
  );
}

function Statuses({ node }: { readonly node: GraphNode }) {
  return statusCounts(node.agents)
    .slice(0, 2)
    .map(({ status, count }) => {
      const { icon: Icon, tone, word } = agentLooks[status];
      return (
        <span key={status} className={classNames("figures inline-flex items-center gap-0.5", tone)}>
          <Icon aria-label={word} role="img" size={12} />
          {count.toLocaleString("en")}
        </span>
      );
    });
}
