"use client";
import { Ban, CirclePause, CirclePlay, type LucideIcon } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { onNextAct } from "@/components/ui/on-next-act";
import { Tooltip } from "@/components/ui/tooltip";
import { useRefusal } from "@/lib/client/hooks/use-refusal";
import { useRequestControl } from "@/lib/client/hooks/use-run-control";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import type { RunControl } from "@/lib/core/api/control";
import type { RunSummary } from "@/lib/core/api/run";
import type { ControlAction } from "@/lib/core/control/words";
import { CancelDialog } from "./cancel-dialog";

type Looks = { readonly word: string; readonly icon: LucideIcon; readonly keys: string; readonly hint: string };

const looks: Readonly<Record<ControlAction, Looks>> = {
  pause: { word: "Pause", icon: CirclePause, keys: "p", hint: "Pause at the next checkpoint" },
  resume: { word: "Resume", icon: CirclePlay, keys: "p", hint: "Let the agent continue" },
  cancel: { word: "Cancel", icon: Ban, keys: "x", hint: "Stop the run at the next checkpoint" },
};

type RunControlsProps = { readonly run: RunSummary; readonly control: RunControl };

/** Pause or resume, and cancel. What cannot be done is there, with the reason. */
export function RunControls({ run, control }: RunControlsProps) {
  const [cancelling, setCancelling] = useState(false);
  const [reason, setReason] = useState<string | null>(null);
  const asking = useRequestControl(run);
  const { error, reset } = asking;
  const held = run.status === "paused" || run.status === "pausing";
  const first = held ? "resume" : "pause";
  const mayNot = useRefusal("control");
  const refusalOf = (action: ControlAction) => mayNot ?? control.choices.find((one) => one.action === action)?.refusal?.message ?? null;
  const ask = (action: ControlAction) => {
    // To cancel asks first: whoever presses it while the last request is on its way is not passed over.
    if (asking.isPending && action !== "cancel") return;
    if (!asking.isPending) reset();
    // A finger cannot hover: whoever presses what is off is told why.
    const reason = refusalOf(action);
    setReason(reason);
    if (reason !== null) return;
    if (action === "cancel") setCancelling(true);
    else asking.mutate({ action });
  };
  const said = reason ?? (cancelling ? null : (error?.message ?? null));
  useEffect(() => {
    if (said === null) return;
    return onNextAct(() => {
      setReason(null);
      if (error) reset();
    });
  }, [said, error, reset]);
  useShortcuts("Run control", [
    { keys: "p", label: "Pause or resume", run: () => ask(first) },
    { keys: "x", label: "Cancel run", run: () => ask("cancel") },
  ]);
  return (
    <span className="relative flex shrink-0 items-center gap-1">
      {said !== null && (
        <span
          role="alert"
          className="absolute top-full right-0 z-30 mt-1 w-64 animate-rise rounded-box border bg-overlay px-2.5 py-1.5 text-meta shadow-overlay"
        >
          {said}
        </span>
      )}
      <ControlButton action={first} reason={refusalOf(first)} busy={asking.isPending} onAsk={ask} />
      <ControlButton action="cancel" reason={refusalOf("cancel")} onAsk={ask} />
      {cancelling && (
        <CancelDialog
          what="this run"
          pending={asking.isPending}
          error={error}
          onClose={() => setCancelling(false)}
          onConfirm={(reason) => asking.mutate({ action: "cancel", reason }, { onSuccess: () => setCancelling(false) })}
        />
      )}
    </span>
  );
}

type ControlButtonProps = {
  readonly action: ControlAction;
  /** Why not; null = it can be asked for. */
  readonly reason: string | null;
  /** Nothing is asked until the last request is answered. */
  readonly busy?: boolean;
  readonly onAsk: (action: ControlAction) => void;
};

/** Not `disabled`: the reason must be found with the keyboard, too. */
function ControlButton({ action, reason, busy = false, onAsk }: ControlButtonProps) {
  const { word, icon: Icon, keys, hint } = looks[action];
  const off = reason !== null || busy;
  return (
    <Tooltip text={reason ?? hint} keys={reason === null ? keys : undefined}>
      <Button
        size="small"
        once
        aria-disabled={off || undefined}
        aria-label={reason === null ? word : `${word}: ${reason}`}
        className={classNames("pointer-coarse:min-w-10", off && "cursor-not-allowed")}
        onClick={() => onAsk(action)}
      >
        <Icon aria-hidden size={13} />
        <span className="max-sm:sr-only">{word}</span>
      </Button>
    </Tooltip>
  );
}
