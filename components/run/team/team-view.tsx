import { Network, Table2, Users } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import type { TeamForm } from "./team-forms";
import { TeamGraphView } from "./team-graph-view";
import { TeamTable, type TeamTableProps } from "./team-table";

type TeamViewProps = TeamTableProps & {
  readonly form: TeamForm;
  readonly onForm: (form: TeamForm) => void;
  /** Whose span is selected. */
  readonly selectedAgent: string | null;
  /** The run has ended. */
  readonly over: boolean;
};

/** Who is in the run and what passed between them, as declared by the sender: drawn, or as a table of the same. */
export function TeamView({ form, onForm, selectedAgent, over, ...table }: TeamViewProps) {
  if (Object.keys(table.team.agents).length === 0) {
    return (
      <EmptyState icon={Users} title={over ? "This run named no agents" : "No agents yet"}>
        {over ? "See what it did in the timeline." : "Agents appear here when the run names, recruits or starts one."}
      </EmptyState>
    );
  }
  const choice = (
    <span className="flex gap-0.5">
      <Choice form="graph" chosen={form} onForm={onForm} label="Team as a graph">
        <Network size={15} />
      </Choice>
      <Choice form="table" chosen={form} onForm={onForm} label="Team as a table">
        <Table2 size={15} />
      </Choice>
    </span>
  );
  return (
    <div className="flex h-full min-h-0 flex-col">
      {form === "graph" ? (
        <TeamGraphView {...table} selectedAgent={selectedAgent} choice={choice} />
      ) : (
        <>
          <div className="flex h-8 shrink-0 items-center justify-end border-b px-2">{choice}</div>
          <div className="min-h-0 flex-1">
            <TeamTable {...table} />
          </div>
        </>
      )}
    </div>
  );
}

type ChoiceProps = Pick<TeamViewProps, "form" | "onForm"> & {
  readonly chosen: TeamForm;
  readonly label: string;
  readonly children: ReactNode;
};

function Choice({ form, chosen, onForm, label, children }: ChoiceProps) {
  return (
    <IconButton label={label} aria-pressed={form === chosen} onClick={() => onForm(form)}>
      {children}
    </IconButton>
  );
}
