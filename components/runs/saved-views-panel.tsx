"use client";
import { X } from "lucide-react";
import { useRef, useState } from "react";
import { BareButton } from "@/components/ui/bare-button";
import { Button } from "@/components/ui/button";
import { SafeText } from "@/components/ui/safe-text";
import { toast } from "@/components/ui/toast";
import type { RunFilters } from "@/lib/client/hooks/use-runs";
import { useSavedViews } from "@/lib/client/hooks/use-saved-views";
import { parseRunQuery } from "@/lib/core/run-query/parse-run-query";
import { printRunQuery } from "@/lib/core/run-query/print-run-query";

type SavedViewsPanelProps = {
  readonly filters: RunFilters;
  readonly onFilters: (filters: RunFilters) => void;
  readonly onClose: () => void;
};

/** The saved lists, to open and forget one, and to save what is shown now. */
export function SavedViewsPanel({ filters, onFilters, onClose }: SavedViewsPanelProps) {
  const { views, save, forget } = useSavedViews();
  const query = printRunQuery(filters);
  const box = useRef<HTMLDivElement>(null);
  return (
    <div ref={box} tabIndex={-1} className="outline-none">
      {views.length === 0 ? (
        <p className="px-1 pb-2 text-muted">No saved views in this browser yet.</p>
      ) : (
        <ul aria-label="Saved views" className="max-h-64 overflow-y-auto pb-1">
          {views.map((view) => (
            <li key={view.name} className="flex items-center gap-1">
              <BareButton
                aria-current={view.query === query}
                onClick={() => {
                  onFilters(parseRunQuery(view.query).filters);
                  onClose();
                }}
                className="min-w-0 flex-1 rounded-row px-1.5 py-1 text-left hover:bg-hover aria-[current=true]:bg-selected"
              >
                <span className="block truncate font-medium">
                  <SafeText text={view.name} />
                </span>
                <span className="block truncate font-code text-faint">{view.query || "all runs"}</span>
              </BareButton>
              <BareButton
                aria-label={`Delete view ${view.name}`}
                onClick={() => {
                  // Its button goes with it: the focus stays in the panel.
                  box.current?.focus();
                  forget(view.name);
                  toast({ text: `View ${view.name} deleted.`, onUndo: () => save(view) });
                }}
                className="flex size-6 shrink-0 items-center justify-center rounded-row text-muted hover:bg-hover hover:text-ink pointer-coarse:size-10"
              >
                <X aria-hidden size={13} />
              </BareButton>
            </li>
          ))}
        </ul>
      )}
      <SaveForm
        query={query}
        onSave={(name) => {
          const before = views.find((view) => view.name === name);
          save({ name, query });
          toast({ text: `View ${name} saved.`, tone: "good", ...(before ? { onUndo: () => save(before) } : {}) });
        }}
      />
    </div>
  );
}

function SaveForm({ query, onSave }: { readonly query: string; readonly onSave: (name: string) => void }) {
  const [name, setName] = useState("");
  return (
    <form
      className="flex items-center gap-1.5 border-t px-1 pt-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "") return;
        onSave(name.trim());
        setName("");
      }}
    >
      <input
        aria-label="View name"
        placeholder={query ? `Save "${query.slice(0, 20)}" as` : "Save all runs as"}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.target.value)}
        className="h-7 min-w-0 flex-1 rounded-box border border-line-strong bg-panel px-2 max-md:h-10 pointer-coarse:h-10 max-md:text-[16px]"
      />
      <Button type="submit" disabled={name.trim() === ""}>
        Save
      </Button>
    </form>
  );
}
