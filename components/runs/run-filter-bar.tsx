"use client";
import { Search, X } from "lucide-react";
import { type ReactNode, type Ref, useState } from "react";
import { Keys } from "@/components/ui/kbd";
import { statusLooks } from "@/components/ui/status";
import { countedStatuses } from "@/lib/client/hooks/use-run-counts";
import { parseRunQuery, type RunFilters } from "@/lib/client/hooks/use-runs";
import { dialectLabels, dialects } from "@/lib/core/dialect";
import type { RunStatus } from "@/lib/core/run/status";

type RunFilterBarProps = {
  readonly filters: RunFilters;
  readonly onFilters: (changes: Partial<RunFilters>) => void;
  readonly searchRef: Ref<HTMLInputElement>;
  /** At the end of the bar. */
  readonly children?: ReactNode;
};

/** Free text with terms, the choice of a source, and the chips of what narrows the list. */
export function RunFilterBar({ filters, onFilters, searchRef, children }: RunFilterBarProps) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
      <SearchBox key={filters.q} filters={filters} onFilters={onFilters} searchRef={searchRef} />
      <SourceChoice filters={filters} onFilters={onFilters} />
      <Chips filters={filters} onFilters={onFilters} />
      <div className="ml-auto max-md:contents">{children}</div>
    </div>
  );
}

function SearchBox({ filters, onFilters, searchRef }: RunFilterBarProps) {
  const [text, setText] = useState(filters.q ?? "");
  return (
    <search className="min-w-0 flex-1 md:max-w-md">
      <form
        className="relative"
        onSubmit={(event) => {
          event.preventDefault();
          onFilters(parseRunQuery(text));
        }}
      >
        <Search aria-hidden size={14} className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-faint" />
        <input
          ref={searchRef}
          type="text"
          enterKeyHint="search"
          aria-label="Search runs"
          placeholder='Name, id, or agent:"researcher"'
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={() => text.trim() !== (filters.q ?? "") && onFilters(parseRunQuery(text))}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
          className="h-7 w-full rounded-box border bg-panel pr-8 pl-7 hover:border-line-strong max-md:h-10 max-md:text-[16px]"
        />
        <span className="absolute top-1/2 right-1.5 -translate-y-1/2">
          {text === "" ? (
            <span className="max-md:hidden">
              <Keys keys="/" />
            </span>
          ) : (
            <button
              type="button"
              aria-label="Clear the search"
              className="flex size-5 items-center justify-center rounded-row text-muted hover:bg-hover"
              onClick={() => {
                setText("");
                onFilters({ q: null });
              }}
            >
              <X aria-hidden size={13} />
            </button>
          )}
        </span>
      </form>
    </search>
  );
}

/** The view strip already says it. */
function isCounted(status: RunStatus): boolean {
  return countedStatuses.some((each) => each === status);
}

type FilterProps = Pick<RunFilterBarProps, "filters" | "onFilters">;

function SourceChoice({ filters, onFilters }: FilterProps) {
  return (
    <select
      aria-label="Source"
      value={filters.dialect ?? ""}
      onChange={(event) => onFilters({ dialect: dialects.find((dialect) => dialect === event.target.value) ?? null })}
      className="h-7 max-w-36 rounded-box border border-line-strong bg-panel px-2 font-medium hover:bg-inset pointer-coarse:h-10"
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

function Chips({ filters, onFilters }: FilterProps) {
  const chips = [
    filters.status && !isCounted(filters.status) && { name: "Status", value: statusLooks[filters.status].word, clear: { status: null } },
    filters.agent && { name: "Agent", value: filters.agent, clear: { agent: null } },
  ].filter((chip) => typeof chip === "object" && chip !== null);
  return chips.map(({ name, value, clear }) => (
    <span key={name} className="inline-flex h-7 max-w-60 items-center gap-1 rounded-box border bg-panel pr-0.5 pl-2">
      <span className="text-faint">{name}</span>
      <span className="truncate">{value}</span>
      <button
        type="button"
        aria-label={`Remove the filter ${name} ${value}`}
        className="flex size-5.5 shrink-0 items-center justify-center rounded-row text-muted hover:bg-hover hover:text-ink"
        onClick={() => onFilters(clear)}
      >
        <X aria-hidden size={13} />
      </button>
    </span>
  ));
}
