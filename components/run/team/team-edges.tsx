import { useRef } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import { formatMoney } from "@/lib/core/format/format-money";
import { formatTokens } from "@/lib/core/format/format-tokens";
import { placeFigures } from "./edge-path";
import type { TeamLayout } from "./lay-out-team";
import type { GraphEdge, GraphNode } from "./prepare-graph";
import { trafficWords } from "./traffic-words";
import { usePulses } from "./use-pulses";

type TeamEdgesProps = {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly layout: TeamLayout;
  /** The node whose edges always carry their figures. */
  readonly near: string | null;
  readonly selectedSeq: number | null;
  readonly onSelect: (seq: number) => void;
};

/** Above this many, and where there is no room for them, only the edges of the node in focus carry their figures. */
const mostFigures = 26;

export function TeamEdges({ nodes, edges, layout, near, selectedSeq, onSelect }: TeamEdgesProps) {
  const drawing = useRef<SVGSVGElement>(null);
  usePulses(drawing, edges);
  const degree = degrees(edges);
  const names = new Map(nodes.map(({ id, label }) => [id, label]));
  const keys = new Set(edges.map(({ key }) => key));
  const figuresAt = ({ from, to }: GraphEdge) => {
    // Two edges of one pair run side by side: the one that leads back carries its figures halfway.
    if (keys.has(`${to}\u0000${from}`)) return (layout.places[from]?.y ?? 0) > (layout.places[to]?.y ?? 0) ? 0.5 : 0.75;
    return (degree.out.get(from) ?? 0) > (degree.in.get(to) ?? 0) ? 0.72 : 0.28;
  };
  const busy = edges.filter(({ lastSeq }) => lastSeq > 0).length;
  const isNear = ({ from, to }: GraphEdge) => from === near || to === near;
  const asked = edges.map((edge, index) => {
    const hasFigures = edge.lastSeq > 0 && (busy <= mostFigures || isNear(edge));
    const { from, to } = edge;
    return { edge, index, from, to, text: hasFigures ? shortFigures(edge) : null, figuresAt: figuresAt(edge) };
  });
  const { places } = layout;
  const drawn = placeFigures(asked, { places, nodes: edges.length <= mostMovedAside ? Object.values(places) : [] });
  return (
    <>
      <svg ref={drawing} aria-hidden width={layout.width} height={layout.height} className="pointer-events-none absolute inset-0">
        <defs>
          <marker
            id="team-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto-start-reverse"
          >
            <path d="M0 0L8 4L0 8z" fill="var(--faint)" />
          </marker>
        </defs>
        {drawn.map(({ edge, index, d }) => (
          <g key={edge.key} fill="none">
            <path
              d={d}
              stroke={edge.lastSeq === 0 ? "var(--line-strong)" : isNear(edge) ? "var(--accent)" : "var(--faint)"}
              strokeWidth={widthOf(edge)}
              strokeDasharray={edge.lastSeq === 0 ? "3 4" : undefined}
              markerEnd={edge.lastSeq === 0 ? undefined : "url(#team-arrow)"}
            />
            <path
              data-pulse={index}
              d={d}
              stroke="var(--status-running)"
              strokeWidth={widthOf(edge) + 4}
              strokeLinecap="round"
              opacity={0}
            />
          </g>
        ))}
      </svg>
      {drawn.map(({ edge, text, middle, isAlone }) =>
        text !== null && (isAlone || isNear(edge)) ? (
          <BareButton
            key={edge.key}
            tabIndex={-1}
            title={edgeWords(edge, names)}
            aria-label={edgeWords(edge, names)}
            onClick={() => onSelect(edge.lastSeq)}
            className={classNames(
              "figures absolute -translate-x-1/2 -translate-y-1/2 whitespace-nowrap rounded-full border bg-panel px-1.5 text-[11px] text-muted leading-4 hover:z-10 hover:border-line-strong hover:text-ink",
              "pointer-coarse:after:absolute pointer-coarse:after:-inset-x-1 pointer-coarse:after:-inset-y-3 pointer-coarse:after:content-['']",
              edge.lastSeq === selectedSeq && "border-accent text-ink",
            )}
            style={{ left: middle.x, top: middle.y }}
          >
            {text}
          </BareButton>
        ) : null,
      )}
    </>
  );
}

/** Of more edges most carry no figures, and looking for free places for them all would take long. */
const mostMovedAside = 60;

/** A fan of edges carries its figures where it is spread. */
function degrees(edges: readonly GraphEdge[]) {
  const degree = { out: new Map<string, number>(), in: new Map<string, number>() };
  for (const { from, to } of edges) {
    degree.out.set(from, (degree.out.get(from) ?? 0) + 1);
    degree.in.set(to, (degree.in.get(to) ?? 0) + 1);
  }
  return degree;
}

function widthOf({ delegations, messages }: GraphEdge): number {
  return Math.min(4, 1 + Math.log10(1 + delegations + messages) * 1.2);
}

function shortFigures({ delegations, messages, tokens, costNanos }: GraphEdge): string {
  const money = costNanos > 0 ? ` ${formatMoney(costNanos)}` : tokens > 0 ? ` ${formatTokens(tokens)} tok` : "";
  return `${(delegations + messages).toLocaleString("en")}×${money}`;
}

function edgeWords(edge: GraphEdge, names: ReadonlyMap<string, string>): string {
  const spent = [
    edge.tokens > 0 ? `${edge.tokens.toLocaleString("en")} tokens` : "",
    edge.costNanos > 0 ? formatMoney(edge.costNanos) : "",
  ].filter((part) => part !== "");
  const name = (id: string) => (names.get(id) ?? id).slice(0, 80);
  return `${name(edge.from)} to ${name(edge.to)}: ${[trafficWords(edge), ...spent].join(", ")}. Press for the latest.`;
}
