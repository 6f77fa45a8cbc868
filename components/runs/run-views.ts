import type { LucideIcon } from "lucide-react";
import { Coins, Layers } from "lucide-react";
import { statusLooks } from "@/components/ui/status";
import type { RunFilters } from "@/lib/client/hooks/use-runs";
import type { RunCounts } from "@/lib/core/api/run-counts";

/** What a view sets; everything else that narrows the list stays as it is. */
type ViewFilters = Pick<RunFilters, "status" | "cost" | "since">;

export type RunView = {
  readonly word: string;
  readonly filters: ViewFilters;
  readonly icon: LucideIcon;
  readonly tone?: string;
  /** Its figure; a view without one says what it shows. */
  readonly count?: "running" | "waiting" | "stalled" | "failed24h";
  readonly hint?: string;
};

const nothing: ViewFilters = { status: null, cost: null, since: null };
const costly = ">0.5";

/** The views of the list, in the order in which `[` and `]` go through them. */
export const runViews: readonly RunView[] = [
  { word: "All", filters: nothing, icon: Layers, hint: "every run" },
  { word: "Running", filters: { ...nothing, status: "running" }, ...lookOf("running"), count: "running" },
  { word: "Needs me", filters: { ...nothing, status: "waiting" }, ...lookOf("waiting"), count: "waiting" },
  { word: "Failed 24 h", filters: { ...nothing, status: "failed", since: "24h" }, ...lookOf("failed"), count: "failed24h" },
  { word: "Stalled", filters: { ...nothing, status: "stalled" }, ...lookOf("stalled"), count: "stalled" },
  { word: "Costly", filters: { ...nothing, cost: costly }, icon: Coins, hint: `over $${costly.slice(1)}0` },
];

/** The view that these filters are, whatever else narrows the list. */
export function viewOf(filters: RunFilters): RunView | undefined {
  return runViews.find(({ filters: view }) => view.status === filters.status && view.cost === filters.cost && view.since === filters.since);
}

/** `12`, or `1,000+` where nobody counted on. */
export function countText(counts: RunCounts, key: NonNullable<RunView["count"]>): string {
  const count = counts[key];
  return `${count.toLocaleString("en")}${count >= counts.countedAtMost ? "+" : ""}`;
}

function lookOf(status: "running" | "waiting" | "failed" | "stalled") {
  const { icon, tone } = statusLooks[status];
  return { icon, tone };
}
