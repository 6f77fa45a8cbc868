"use client";
import { Ban, CirclePause, CirclePlay } from "lucide-react";
import { useState } from "react";
import { CancelDialog } from "@/components/run/control/cancel-dialog";
import { Button } from "@/components/ui/button";
import { SafeText } from "@/components/ui/safe-text";
import type { Marked } from "@/components/ui/use-marked";
import { useBulkControl } from "@/lib/client/hooks/use-run-control";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import type { BulkControlReply } from "@/lib/core/api/control";
import type { RunSummary } from "@/lib/core/api/run";
import type { ControlAction } from "@/lib/core/control/words";
import { ExportLinks } from "./export-links";

type MarkedControlsProps = { readonly marked: Marked; readonly runs: readonly RunSummary[] };

function runsInWords(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "run" : "runs"}`;
}

/** Pauses, resumes or cancels the ticked runs, and says what became of each. */
export function MarkedControls({ marked: { ids, clear }, runs }: MarkedControlsProps) {
  const [cancelling, setCancelling] = useState(false);
  const bulk = useBulkControl();
  useShortcuts("Selected runs", [{ keys: "Escape", label: "Clear selection", run: clear }]);
  const ask = (action: ControlAction, reason = "") =>
    bulk.mutate({ action, runs: [...ids], ...(reason === "" ? {} : { reason }) }, { onSuccess: () => setCancelling(false) });
  return (
    <>
      <Button size="small" needs="control" disabled={bulk.isPending} onClick={() => ask("pause")}>
        <CirclePause aria-hidden size={13} />
        Pause
      </Button>
      <Button size="small" needs="control" disabled={bulk.isPending} onClick={() => ask("resume")}>
        <CirclePlay aria-hidden size={13} />
        Resume
      </Button>
      <Button size="small" look="danger" needs="control" disabled={bulk.isPending} onClick={() => setCancelling(true)}>
        <Ban aria-hidden size={13} />
        Cancel
      </Button>
      <ExportLinks query={new URLSearchParams({ ids: ids.join(",") })} what="the selected runs" size="small" />
      {bulk.error && !cancelling && (
        <p role="alert" className="order-last w-full text-failed">
          {bulk.error.message}
        </p>
      )}
      {bulk.data && <Results action={bulk.variables.action} reply={bulk.data} runs={runs} />}
      {cancelling && (
        <CancelDialog
          what={runsInWords(ids.length)}
          pending={bulk.isPending}
          error={bulk.error}
          onClose={() => setCancelling(false)}
          onConfirm={(reason) => ask("cancel", reason)}
        />
      )}
    </>
  );
}

const askedTo: Readonly<Record<ControlAction, string>> = { pause: "asked to pause", resume: "asked to resume", cancel: "asked to cancel" };

type ResultsProps = { readonly action: ControlAction; readonly reply: BulkControlReply; readonly runs: readonly RunSummary[] };

function Results({ action, reply, runs }: ResultsProps) {
  const refused = reply.results.filter(({ error }) => error !== null);
  return (
    <div role="status" className="order-last max-h-48 w-full overflow-y-auto border-t pt-1.5 pr-3">
      <p>
        <span className="font-medium">{runsInWords(reply.requested)}</span> {askedTo[action]}
        {reply.refused > 0 && `, ${reply.refused.toLocaleString("en")} not`}
      </p>
      {refused.length > 0 && (
        <ul aria-label="Not asked" className="mt-1 space-y-0.5 text-meta">
          {refused.map(({ run, error }) => (
            <li key={run} className="flex min-w-0 gap-2">
              <span className="max-w-48 shrink-0 truncate">
                <SafeText text={runs.find((each) => each.id === run)?.name ?? run} />
              </span>
              <span className="text-muted">{error?.message}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
