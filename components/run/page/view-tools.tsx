import { CircleX, Search } from "lucide-react";
import type { Ref } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Keys } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";
import { FollowButton, type FollowButtonProps } from "./follow-button";
import type { RunView } from "./use-run-view";

export type ViewToolsProps = {
  readonly view: RunView;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly errorsOnly: boolean;
  readonly onErrorsOnly: (errorsOnly: boolean) => void;
  readonly errors: number;
  /** null = the run is over. */
  readonly following: FollowButtonProps | null;
};

/** Search and errors only, where the view can be narrowed by them, and whether the page follows the run. */
export function ViewTools({ view, search, onSearch, searchRef, errorsOnly, onErrorsOnly, errors, following }: ViewToolsProps) {
  const narrowed = view === "timeline" || view === "transcript" || view === "events";
  return (
    <>
      {narrowed && (
        <>
          <SearchBox search={search} onSearch={onSearch} inputRef={searchRef} />
          <Tooltip text="Errors only" keys="!">
            <Button
              size="small"
              look="quiet"
              aria-pressed={errorsOnly}
              aria-label="Errors only"
              onClick={() => onErrorsOnly(!errorsOnly)}
              className={classNames("pointer-coarse:min-w-10", errorsOnly && "tint text-failed hover:text-failed")}
            >
              <CircleX aria-hidden size={14} className={errors > 0 ? "text-failed" : undefined} />
              <span className="hidden @[36rem]/run-tabs:inline low:@max-[58rem]/run-tabs:hidden">Errors only</span>
              {errors > 0 && <span className="figures text-failed">{errors.toLocaleString("en")}</span>}
            </Button>
          </Tooltip>
        </>
      )}
      {following && (
        <span className="ml-auto">
          <FollowButton {...following} />
        </span>
      )}
    </>
  );
}

function SearchBox({
  search,
  onSearch,
  inputRef,
}: {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly inputRef: Ref<HTMLInputElement>;
}) {
  return (
    <label className="flex h-7 min-w-0 flex-1 items-center gap-1.5 rounded-box border bg-ground px-2 text-muted focus-within:border-line-strong @[58rem]/run-tabs:w-48 @[58rem]/run-tabs:flex-none pointer-coarse:h-10">
      <Search aria-hidden size={13} className="shrink-0 text-faint" />
      <input
        ref={inputRef}
        type="search"
        aria-label="Search in this run"
        placeholder="Search in run"
        value={search}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          if (search !== "") onSearch("");
          else event.currentTarget.blur();
        }}
        className="min-w-0 flex-1 bg-transparent text-ink outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {search === "" && (
        <span className="pointer-coarse:hidden">
          <Keys keys="/" />
        </span>
      )}
    </label>
  );
}
