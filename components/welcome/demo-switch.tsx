"use client";
import { Play, Square } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

type DemoSwitchProps = {
  /** null = not known yet. */
  readonly running: boolean | null;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onStart: () => void;
  readonly onStop: () => void;
};

/** Agents of all five systems that play their parts without end, through the public door. */
export function DemoSwitch({ running, pending, error, onStart, onStop }: DemoSwitchProps) {
  return (
    <>
      <Button once needs="admin" disabled={pending || running === null} onClick={running ? onStop : onStart}>
        {running ? <Square aria-hidden size={13} /> : <Play aria-hidden size={14} />}
        {running ? "Stop demo agents" : "Start demo agents"}
      </Button>
      {error && (
        <ErrorState
          className="mt-3 w-full"
          title={running ? "The demo agents could not be stopped." : "The demo agents could not be started."}
          error={error}
        />
      )}
    </>
  );
}
