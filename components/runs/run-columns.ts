import type { RunSort } from "@/lib/core/run-query/run-sort";

export type RunColumn = {
  readonly key: string;
  readonly title: string;
  /** Figures stand on the right. */
  readonly right?: boolean;
  /** What the list is sorted by when its head is chosen. */
  readonly sort?: RunSort;
  /** Classes that hide the column where there is no room for it. */
  readonly hide?: string;
};

const fromNarrow = "max-[959px]:hidden";
const fromMiddle = "max-[1159px]:hidden";
const fromWide = "max-[1399px]:hidden";

export const runColumns: readonly RunColumn[] = [
  { key: "mark", title: "Selected" },
  { key: "status", title: "Status" },
  { key: "name", title: "Run" },
  { key: "agent", title: "Agent", hide: fromWide },
  { key: "source", title: "Source", hide: fromNarrow },
  { key: "started", title: "Started", right: true, hide: fromNarrow },
  { key: "duration", title: "Duration", right: true, sort: "duration" },
  { key: "steps", title: "Steps", right: true, hide: fromWide },
  { key: "tools", title: "Tools", right: true, hide: fromWide },
  { key: "tokens", title: "Tokens in / out", right: true, hide: fromMiddle, sort: "tokens" },
  { key: "cost", title: "Cost", right: true, sort: "cost" },
  { key: "last", title: "Last event", right: true, hide: fromMiddle },
];

/** One grid for head and rows: a hidden column leaves its track out. */
export const runGrid = [
  "grid items-center gap-x-3 px-4",
  "grid-cols-[1rem_8.25rem_minmax(0,1fr)_4.5rem_7.5rem]",
  "min-[960px]:grid-cols-[1rem_8.25rem_minmax(0,1fr)_6.5rem_4rem_4.5rem_7.5rem]",
  "min-[1160px]:grid-cols-[1rem_8.25rem_minmax(0,1fr)_6.5rem_4rem_4.5rem_5.75rem_7.5rem_4rem]",
  "min-[1400px]:grid-cols-[1rem_8.25rem_minmax(0,1fr)_7rem_6.5rem_4rem_4.25rem_2.25rem_2.75rem_5.75rem_7.5rem_4rem]",
].join(" ");
