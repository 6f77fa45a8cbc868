import { ArrowRight } from "lucide-react";
import { useMemo } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import { Money, NoFigure, RunCost, Tokens } from "@/components/ui/figures";
import { FittedName } from "@/components/ui/fitted-name";
import { SafeText } from "@/components/ui/safe-text";
import type { TeamEdge, TeamState } from "@/lib/core/run/team-state";
import type { UsageState } from "@/lib/core/usage/state";
import { agentLooks } from "./agent-looks";
import { agentName } from "./agent-name";
import { prepareTeam, type TeamRow } from "./prepare-team";
import { trafficWords } from "./traffic-words";

export type TeamTableProps = {
  readonly team: TeamState;
  readonly usage: UsageState;
  /** Whose first event is selected. */
  readonly selectedSeq: number | null;
  readonly onSelect: (seq: number) => void;
};

/** The graph as a table: who is in the run, below whom, and the traffic that the sender declared. */
export function TeamTable({ team, usage, selectedSeq, onSelect }: TeamTableProps) {
  const { rows, edges, undeclared } = useMemo(() => prepareTeam(team), [team]);
  return (
    <div data-place="team" className="h-full overflow-auto overscroll-contain">
      <table className="w-full min-w-[34rem] border-collapse text-left">
        <thead className="sticky top-0 z-10 bg-ground text-faint text-meta">
          <tr className="h-7 border-b [&>th]:px-3 [&>th]:font-normal">
            <th>Agent</th>
            <th>Status</th>
            <th className="text-right">Tasks assigned</th>
            <th className="text-right">Sent</th>
            <th className="text-right">Received</th>
            <th className="text-right">Tokens</th>
            <th className="text-right">Cost</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AgentLine key={row.agent.agent} row={row} usage={usage} selected={row.agent.firstSeq === selectedSeq} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
      {undeclared > 0 && (
        <p className="px-3 py-2 text-faint text-meta">
          {undeclaredWords(undeclared, rows.length)} recruited or given a role, only seen working.
        </p>
      )}
      <Traffic edges={edges} onSelect={onSelect} />
    </div>
  );
}

function undeclaredWords(undeclared: number, all: number): string {
  if (undeclared === all) return "No agent here was";
  return undeclared === 1 ? "One of these was not" : `${undeclared.toLocaleString("en")} of these were not`;
}

type AgentLineProps = {
  readonly row: TeamRow;
  readonly usage: UsageState;
  readonly selected: boolean;
  readonly onSelect: (seq: number) => void;
};

function AgentLine({ row, usage, selected, onSelect }: AgentLineProps) {
  const { agent, depth } = row;
  const { word, icon: Icon, tone } = agentLooks[agent.status];
  const sum = Object.hasOwn(usage.byAgent, agent.agent) ? usage.byAgent[agent.agent] : undefined;
  return (
    <tr className={classNames("h-(--row) border-b [&>td]:px-3", selected ? "bg-selected" : "hover:bg-hover")}>
      <td className="max-w-72 truncate @max-[46rem]/run-view:max-w-44" style={{ paddingLeft: 12 + depth * 18 }}>
        <BareButton
          aria-pressed={selected}
          onClick={() => onSelect(agent.firstSeq)}
          title={agent.agent}
          className="inline-flex max-w-full rounded-row text-left align-bottom hover:underline"
        >
          <FittedName name={agent.agent} className="font-medium" />
        </BareButton>
        {agent.role && agent.role !== agent.agent && (
          <span className="ml-2 text-faint text-meta">
            <SafeText text={agent.role} />
          </span>
        )}
        {agent.capabilities.length > 0 && (
          <span className="ml-2 text-faint text-meta">
            <SafeText text={agent.capabilities.join(", ").slice(0, 120)} />
          </span>
        )}
      </td>
      <td>
        <span className={classNames("inline-flex items-center gap-1.5 whitespace-nowrap align-middle", tone)}>
          <Icon aria-hidden size={14} strokeWidth={1.75} />
          {word}
        </span>
      </td>
      <Count n={row.delegatedTo} />
      <Count n={row.sent} />
      <Count n={row.received} />
      <td className="text-right">{sum && sum.total > 0 ? <Tokens count={sum.total} /> : <NoFigure why="no tokens reported" />}</td>
      <td className="text-right">
        {sum ? (
          <RunCost cost={{ ...sum, unpricedCalls: sum.unpriced, runReportedNanos: sum.costed > 0 ? sum.reportedNanos : null }} />
        ) : (
          <NoFigure why="no cost known" />
        )}
      </td>
    </tr>
  );
}

function Count({ n }: { readonly n: number }) {
  return <td className={classNames("figures text-right", n === 0 && "text-faint")}>{n.toLocaleString("en")}</td>;
}

const mostEdges = 200;

function Traffic({ edges, onSelect }: { readonly edges: readonly TeamEdge[]; readonly onSelect: (seq: number) => void }) {
  if (edges.length === 0) return <p className="px-3 py-3 text-faint text-meta">No delegations or messages between agents were reported.</p>;
  return (
    <section className="px-3 py-3">
      <h2 className="mb-1.5 text-faint text-meta">Declared traffic</h2>
      <ul>
        {edges.slice(0, mostEdges).map((edge) => (
          <li key={`${edge.from} ${edge.to}`}>
            <BareButton
              onClick={() => onSelect(edge.lastSeq)}
              className="-mx-1 flex min-h-(--row) w-full min-w-0 flex-wrap items-center gap-x-2 rounded-row px-1 text-left hover:bg-hover"
            >
              <span className="mr-2 flex min-w-0 max-w-full items-center gap-2">
                <FittedName name={agentName(edge.from)} className="min-w-0 font-medium" />
                <ArrowRight aria-label="to" role="img" size={13} className="shrink-0 text-faint" />
                <FittedName name={agentName(edge.to)} className="min-w-0 font-medium" />
              </span>
              <span className="flex items-center gap-2">
                <span className="figures shrink-0 text-muted">{trafficWords(edge)}</span>
                {edge.tokens > 0 && <Tokens count={edge.tokens} className="shrink-0 text-muted" />}
                {edge.costNanos > 0 && <Money nanos={edge.costNanos} className="shrink-0 text-muted" />}
              </span>
            </BareButton>
          </li>
        ))}
      </ul>
      {edges.length > mostEdges && (
        <p className="text-faint text-meta">and {(edges.length - mostEdges).toLocaleString("en")} quieter pairs</p>
      )}
    </section>
  );
}
