"use client";
import { Search, X } from "lucide-react";
import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { Keys } from "@/components/ui/kbd";
import { late, later } from "@/components/ui/later";
import { noRunFilters, type RunFilters } from "@/lib/client/hooks/use-runs";
import type { KnownNames, Suggestion, Suggestions } from "@/lib/core/run-query/complete-run-query";
import { parseRunQuery } from "@/lib/core/run-query/parse-run-query";
import { printRunQuery } from "@/lib/core/run-query/print-run-query";
import { suggestionId } from "./suggestion-id";

const QueryProblems = later(() => import("./query-problems").then((module) => module.QueryProblems));
const suggestions = late(() => import("./suggestions"));
const noSuggestions: Suggestions = { from: 0, to: 0, items: [] };

type RunSearchBoxProps = {
  readonly filters: RunFilters;
  readonly onFilters: (changes: Partial<RunFilters>) => void;
  readonly known: KnownNames;
  readonly searchRef: Ref<HTMLInputElement>;
};

/** Free text and terms, completed while one types; what does not fit is told with its place and changes nothing. */
export function RunSearchBox({ filters, onFilters, known, searchRef }: RunSearchBoxProps) {
  const query = useQueryDraft(filters, onFilters, known);
  const listId = useId();
  const { text, problems, items, isOpen, active } = query;
  const List = suggestions.useLoaded()?.SuggestionList;
  return (
    <search className="relative min-w-0 flex-1 max-md:basis-full md:max-w-md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          query.submit();
        }}
      >
        <Search aria-hidden size={14} className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-faint" />
        <input
          ref={searchRef}
          type="text"
          role="combobox"
          aria-label="Search runs"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-activedescendant={isOpen && active >= 0 ? suggestionId(listId, active) : undefined}
          aria-invalid={problems.length > 0}
          aria-describedby={problems.length > 0 ? `${listId}-problems` : undefined}
          enterKeyHint="search"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder='Name, id, status:failed, cost:>0.5, agent:"researcher"'
          value={text}
          onFocus={(event) => {
            // Whoever could not load them types without.
            suggestions.load().catch(() => {});
            query.ask();
            query.moveTo(event.currentTarget.selectionStart ?? 0);
          }}
          onClick={query.ask}
          onChange={(event) => {
            query.ask();
            query.type(event.target.value, event.target.selectionStart ?? event.target.value.length);
          }}
          // What is sent moves the caret, too: that alone asks for nothing.
          onSelect={(event) => query.moveTo(event.currentTarget.selectionStart ?? 0)}
          onBlur={query.leave}
          onKeyDown={query.press}
          className="h-7 w-full rounded-box border bg-panel pr-8 pl-7 hover:border-line-strong aria-invalid:border-failed pointer-coarse:h-10 max-md:h-10 max-md:text-[16px]"
        />
        <span className="absolute top-1/2 right-1.5 -translate-y-1/2">
          {text === "" ? (
            <span className="max-md:hidden">
              <Keys keys="/" />
            </span>
          ) : (
            <BareButton
              aria-label="Clear search"
              className="flex size-5 items-center justify-center rounded-row text-muted after:absolute after:-inset-2.5 hover:bg-hover"
              onClick={query.clear}
            >
              <X aria-hidden size={13} />
            </BareButton>
          )}
        </span>
      </form>
      {problems.length > 0 && <QueryProblems id={`${listId}-problems`} text={text} problems={problems} />}
      {List && <List id={listId} items={isOpen ? items : []} active={active} onChoose={query.choose} />}
    </search>
  );
}

const noSuggestion = -1;

/** What stands in the box: the filters' free text until somebody types, and filters when it is sent and fits. */
function useQueryDraft(filters: RunFilters, onFilters: (changes: Partial<RunFilters>) => void, known: KnownNames) {
  const written = printRunQuery({ ...noRunFilters, q: filters.q });
  const [text, setText] = useState(written);
  const [lastWritten, setLastWritten] = useState(written);
  const [caret, setCaret] = useState(0);
  const [isAsking, setAsking] = useState(false);
  const [active, setActive] = useState(noSuggestion);
  const [isSent, setSent] = useState(false);
  if (lastWritten !== written) {
    setLastWritten(written);
    setText(written);
    setSent(false);
  }
  const { from, to, items } = suggestions.useLoaded()?.completeRunQuery(text, caret, known) ?? noSuggestions;
  const parsed = parseRunQuery(text);
  /** While one types nothing is wrong yet. */
  const problems = isSent ? parsed.problems : [];
  const isOpen = isAsking && items.length > 0 && problems.length === 0;

  const submit = () => {
    setSent(true);
    if (parsed.problems.length > 0) return;
    const terms = Object.entries(parsed.filters).filter(([key, value]) => key === "q" || value !== null);
    onFilters(Object.fromEntries(terms));
    setText(printRunQuery({ ...noRunFilters, q: parsed.filters.q }));
    setSent(false);
    setAsking(false);
    setActive(noSuggestion);
  };
  const submitChanged = useRef(submit);
  useEffect(() => {
    submitChanged.current = () => text.trim() !== written && submit();
  });
  const type = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    setActive(noSuggestion);
    setSent(false);
  };
  const choose = ({ text: chosen }: Suggestion) => {
    const gap = chosen.endsWith(":") || /^\s/.test(text.slice(to)) ? "" : " ";
    type(`${text.slice(0, from)}${chosen}${gap}${text.slice(to)}`, from + chosen.length + gap.length);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const chosen = items[active];
    if (event.key === "Escape") event.currentTarget.blur();
    else if (!isOpen && event.key === "ArrowDown") setAsking(true);
    else if (isOpen && event.key === "ArrowDown") setActive((active + 1) % items.length);
    else if (isOpen && event.key === "ArrowUp") setActive(active <= 0 ? items.length - 1 : active - 1);
    else if (isOpen && chosen && (event.key === "Enter" || event.key === "Tab")) choose(chosen);
    else return;
    event.preventDefault();
  };
  return {
    text,
    items,
    isOpen,
    active,
    problems,
    submit,
    type,
    choose,
    press,
    ask: () => setAsking(true),
    moveTo: setCaret,
    leave: () => {
      setAsking(false);
      setActive(noSuggestion);
      // The list that is pressed must not move away below the press.
      if (document.querySelector('a:active, [role="row"] :active') === null) submitChanged.current();
      else addEventListener("mouseup", () => setTimeout(() => submitChanged.current()), { once: true });
    },
    clear: () => {
      type("", 0);
      onFilters({ q: null });
    },
  };
}
