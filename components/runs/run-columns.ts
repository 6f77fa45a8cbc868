import type { RunSort } from "@/lib/core/run-query/run-sort";

export type RunColumn = {
  readonly key: string;
  readonly title: string;
  /** Figures stand on the right. */
  readonly right?: boolean;
  /** What the list is sorted by when its head is chosen; null = the newest first, as it is unsorted. */
  readonly sort?: RunSort | null;
  /** Classes that hide the column where there is no room for it. */
  readonly hide?: string;
};

const fromNarrow = "max-[959px]:hidden";
const fromMiddle = "max-[1159px]:hidden";
const fromWide = "max-[1399px]:hidden";
const fromWidest = "max-[1599px]:hidden";

export const runColumns: readonly RunColumn[] = [
  { key: "mark", title: "Selected" },
  { key: "status", title: "Status" },
  { key: "name", title: "Run" },
  { key: "agent", title: "Agent", hide: fromWide },
  { key: "source", title: "Source", hide: fromNarrow },
  { key: "started", title: "Started", right: true, hide: fromNarrow, sort: null },
  { key: "duration", title: "Duration", right: true, sort: "duration" },
  { key: "steps", title: "Steps", right: true, hide: fromWidest },
  { key: "tools", title: "Tools", right: true, hide: fromWidest },
  { key: "tokens", title: "Tokens in / out", right: true, hide: fromMiddle, sort: "tokens" },
  { key: "cost", title: "Cost", right: true, sort: "cost" },
  { key: "last", title: "Last event", right: true, hide: fromMiddle },
];

/** One grid for head and rows (app/styles/run-grid.css). */
export const runGrid = "run-grid";
