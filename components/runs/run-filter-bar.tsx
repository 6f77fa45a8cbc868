"use client";
import { X } from "lucide-react";
import { type ReactNode, type Ref, useMemo } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { SafeText } from "@/components/ui/safe-text";
import { statusLooks } from "@/components/ui/status";
import type { RunFilters } from "@/lib/client/hooks/use-runs";
import type { RunSummary } from "@/lib/core/api/run";
import { dialectLabels, dialects } from "@/lib/core/dialect";
import type { KnownNames } from "@/lib/core/run-query/complete-run-query";
import { RunSearchBox } from "./run-search-box";
import type { RunView } from "./run-views";

type RunFilterBarProps = {
  readonly filters: RunFilters;
  readonly onFilters: (changes: Partial<RunFilters>) => void;
  /** The view above: what it sets needs no chip. */
  readonly view: RunView | undefined;
  /** Their names are offered. */
  readonly runs: readonly RunSummary[];
  readonly searchRef: Ref<HTMLInputElement>;
  /** At the end of the bar. */
  readonly children?: ReactNode;
};

/** Free text with terms, the choice of a source, and the chips of what narrows the list. */
export function RunFilterBar({ filters, onFilters, view, runs, searchRef, children }: RunFilterBarProps) {
  const known = useMemo(() => namesIn(runs), [runs]);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
      <RunSearchBox filters={filters} onFilters={onFilters} known={known} searchRef={searchRef} />
      <SourceChoice filters={filters} onFilters={onFilters} />
      <Chips filters={filters} onFilters={onFilters} view={view} />
      <div className="ml-auto flex items-center gap-2 max-md:contents">{children}</div>
    </div>
  );
}

function namesIn(runs: readonly RunSummary[]): KnownNames {
  const sorted = (names: Iterable<string | null | undefined>) => [...new Set(names)].filter((name): name is string => !!name).sort();
  return {
    agent: sorted(runs.flatMap((run) => [run.agent, ...(run.agentNames ?? [])])),
    model: sorted(runs.flatMap((run) => run.models)),
    session: sorted(runs.map((run) => run.sessionId)),
    source: sorted(runs.map((run) => run.source)),
    environment: sorted(runs.map((run) => run.environment)),
  };
}

function SourceChoice({ filters, onFilters }: Pick<RunFilterBarProps, "filters" | "onFilters">) {
  return (
    <select
      aria-label="Source"
      value={filters.dialect ?? ""}
      onChange={(event) => onFilters({ dialect: dialects.find((dialect) => dialect === event.target.value) ?? null })}
      className="h-7 max-w-36 rounded-box max-md:max-w-28 border border-line-strong bg-panel px-2 font-medium hover:bg-inset pointer-coarse:h-10"
    >
      <option value="">Any source</option>
      {dialects.map((dialect) => (
        <option key={dialect} value={dialect}>
          {dialectLabels[dialect]}
        </option>
      ))}
    </select>
  );
}

const chipNames = {
  status: "Status",
  source: "Source",
  environment: "Environment",
  agent: "Agent",
  model: "Model",
  session: "Session",
  cost: "Cost",
  tokens: "Tokens",
  duration: "Duration",
  since: "Since",
  sort: "Largest",
} as const satisfies Partial<Record<keyof RunFilters, string>>;
type ChipKey = keyof typeof chipNames;

function Chips({ filters, onFilters, view }: Pick<RunFilterBarProps, "filters" | "onFilters" | "view">) {
  const said = new Set(Object.entries(view?.filters ?? {}).flatMap(([key, value]) => (value === null ? [] : [key])));
  return (Object.keys(chipNames) as ChipKey[]).map((key) => {
    const value = filters[key];
    if (value === null || said.has(key)) return null;
    return <Chip key={key} name={chipNames[key]} value={wordOf(key, value)} onRemove={() => onFilters({ [key]: null })} />;
  });
}

function wordOf(key: ChipKey, value: string): string {
  if (key !== "status") return value;
  return statusLooks[value as NonNullable<RunFilters["status"]>].word;
}

function Chip({ name, value, onRemove }: { readonly name: string; readonly value: string; readonly onRemove: () => void }) {
  return (
    <span className="inline-flex h-7 max-w-60 items-center gap-1 rounded-box border bg-panel pr-0.5 pl-2 pointer-coarse:h-10">
      <span className="text-faint">{name}</span>
      <span className="truncate">
        <SafeText text={value} />
      </span>
      <BareButton
        aria-label={`Remove filter ${name} ${value}`}
        className="flex size-5.5 shrink-0 items-center justify-center rounded-row text-muted hover:bg-hover hover:text-ink pointer-coarse:size-10"
        onClick={onRemove}
      >
        <X aria-hidden size={13} />
      </BareButton>
    </span>
  );
}
