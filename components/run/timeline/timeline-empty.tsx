import { ChartNoAxesGantt, SearchX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export function TimelineEmpty({ filtered, onClearFilter }: { filtered: boolean; onClearFilter: () => void }) {
  if (!filtered) {
    return (
      <EmptyState icon={ChartNoAxesGantt} title="Nothing with a duration yet">
        Agents, tool calls, model calls and waits appear here as bars, as soon as an event tells of one.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={SearchX} title="Nothing in this run matches" action={<Button onClick={onClearFilter}>Show everything</Button>} />
  );
}
