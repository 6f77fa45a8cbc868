"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { useNow } from "@/lib/client/hooks/use-now";
import { bucketMs, type CostWindow, maxCostPoints, windowSpan } from "@/lib/core/costs/cost-span";

type DaysDialogProps = {
  readonly window: CostWindow;
  readonly onSpan: (fromMs: number, toMs: number) => void;
  readonly onClose: () => void;
};

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Any days (UTC), the last one with them; it begins from what the page shows. */
export function DaysDialog({ window, onSpan, onClose }: DaysDialogProps) {
  const nowMs = useNow(null);
  const [shown] = useState(() => windowSpan(window, nowMs));
  const [from, setFrom] = useState(dayOf(shown.fromMs));
  const [to, setTo] = useState(dayOf(shown.toMs - 1));
  const [fromMs, toMs] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`) + bucketMs.day];
  const days = (toMs - fromMs) / bucketMs.day;
  const fault = days <= 0 ? "The last day is before the first." : days > maxCostPoints ? "A range has at most 1,000 days." : null;
  return (
    <Dialog open onOpenChange={onClose} title="Custom range" description="Days begin at midnight UTC.">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!(days > 0) || fault !== null) return;
          onSpan(fromMs, toMs);
          onClose();
        }}
      >
        <div className="flex flex-wrap gap-3">
          <TextField
            className="min-w-40 flex-1"
            label="First day"
            type="date"
            required
            data-autofocus
            min="1970-01-01"
            max="2099-12-31"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <TextField
            className="min-w-40 flex-1"
            label="Last day"
            type="date"
            required
            min="1970-01-01"
            max="2099-12-31"
            hint={fault}
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        </div>
        <div className="flex justify-end gap-2">
          <DialogCancel>Cancel</DialogCancel>
          <Button look="solid" type="submit" disabled={!(days > 0) || fault !== null}>
            Apply
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
