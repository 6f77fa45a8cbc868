import { ChartNoAxesGantt, SearchX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

type TimelineEmptyProps = {
  readonly filtered: boolean;
  /** Errors alone were asked for, and no word besides. */
  readonly onlyErrors: boolean;
  /** The run has ended. */
  readonly over: boolean;
  readonly onClearFilter: () => void;
};

export function TimelineEmpty({ filtered, onlyErrors, over, onClearFilter }: TimelineEmptyProps) {
  if (!filtered) {
    if (over)
      return (
        <EmptyState icon={ChartNoAxesGantt} title="Nothing in this run had a duration">
          It reported no agents, tool calls, model calls or waits. What it did send is under Events.
        </EmptyState>
      );
    return (
      <EmptyState icon={ChartNoAxesGantt} title="Nothing with a duration yet">
        Agents, tool calls, model calls and waits appear here as bars as soon as an event reports one.
      </EmptyState>
    );
  }
  const everything = <Button onClick={onClearFilter}>Show everything</Button>;
  if (onlyErrors)
    return (
      <EmptyState icon={SearchX} title="Nothing shown here failed" action={everything}>
        An error that the run itself reports is shown above and under Events.
      </EmptyState>
    );
  return (
    <EmptyState icon={SearchX} title="Nothing shown here matches" action={everything}>
      The Events view searches everything that was sent.
    </EmptyState>
  );
}
