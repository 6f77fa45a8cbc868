export type RunColumn = {
  readonly key: string;
  readonly title: string;
  /** Figures stand on the right. */
  readonly right?: boolean;
  /** Classes that hide the column where there is no room for it. */
  readonly hide?: string;
};

export const runColumns: readonly RunColumn[] = [
  { key: "status", title: "Status" },
  { key: "name", title: "Run" },
  { key: "agent", title: "Agent", hide: "max-xl:hidden" },
  { key: "source", title: "Source" },
  { key: "started", title: "Started", right: true },
  { key: "duration", title: "Duration", right: true },
  { key: "steps", title: "Steps", right: true, hide: "max-xl:hidden" },
  { key: "tools", title: "Tools", right: true, hide: "max-xl:hidden" },
  { key: "tokens", title: "Tokens in / out", right: true, hide: "max-lg:hidden" },
  { key: "cost", title: "Cost", right: true },
  { key: "last", title: "Last event", right: true, hide: "max-lg:hidden" },
];

/** One grid for head and rows: hidden columns leave their track out. */
export const runGrid = [
  "grid items-center gap-x-4 px-4",
  "grid-cols-[9.25rem_minmax(10rem,1fr)_7.5rem_5rem_5.5rem_7.5rem]",
  "lg:grid-cols-[9.25rem_minmax(12rem,1fr)_7.5rem_5rem_5.5rem_6.5rem_7.5rem_5rem]",
  "xl:grid-cols-[9.25rem_minmax(14rem,1fr)_8rem_7.5rem_5rem_5.5rem_3rem_3rem_6.5rem_8rem_5rem]",
].join(" ");
