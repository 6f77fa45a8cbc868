"use client";
import { Check } from "lucide-react";
import { Button } from "@/components/ui/button";
import { MarkedBar } from "@/components/ui/marked-bar";
import type { AlertMarks } from "./use-alert-marks";

/** The selected alerts: somebody takes them all. */
export function MarkedAlertsBar({ marks: { ids, open, all, take, clear } }: { readonly marks: AlertMarks }) {
  const aside =
    open > ids.length ? (
      <Button look="quiet" onClick={all}>
        Select all {open.toLocaleString("en")}
      </Button>
    ) : null;
  return (
    <MarkedBar label="Selected alerts" count={ids.length} aside={aside} onClear={clear}>
      <Button look="solid" needs="decide" onClick={() => take(ids)}>
        <Check aria-hidden size={14} />
        Acknowledge
      </Button>
    </MarkedBar>
  );
}
