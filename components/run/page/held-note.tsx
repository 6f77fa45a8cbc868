import { Button } from "@/components/ui/button";
import { formatDuration } from "@/lib/core/format/format-duration";
import { heldFrom, heldPart } from "@/lib/core/run/run-window";
import type { RunState } from "@/lib/core/run/state";
import type { RunView } from "./use-run-view";

type HeldNoteProps = { readonly state: RunState; readonly view: RunView; readonly onSeek: (seq: number) => void };

const views: readonly RunView[] = ["timeline", "transcript", "artifacts"];

/** Says of a run too long to be shown whole which of its rows are here, and leads to those before. */
export function HeldNote({ state, view, onSeek }: HeldNoteProps) {
  const from = heldFrom(state);
  if (from <= 1 || !views.includes(view)) return null;
  const { lastSeq } = state.lifecycle;
  const part = heldPart(state);
  const intoMs = part && part.startedAtMs !== null && part.fromMs > part.startedAtMs ? part.fromMs - part.startedAtMs : null;
  return (
    <p className="flex shrink-0 flex-wrap items-center gap-x-2 border-b bg-ground px-3 py-1 text-meta text-muted sm:px-4">
      <span>
        Showing events <span className="figures">{from.toLocaleString("en")}</span> to{" "}
        <span className="figures">{lastSeq.toLocaleString("en")}</span>
        {intoMs !== null && (
          <>
            , from <span className="figures">{formatDuration(intoMs)}</span> into the run
          </>
        )}
        . Search and filters cover only these. The Events view and all figures cover the whole run.
      </span>
      <Button size="small" look="quiet" onClick={() => onSeek(from - 1)}>
        Earlier rows
      </Button>
    </p>
  );
}
