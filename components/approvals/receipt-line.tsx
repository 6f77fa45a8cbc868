"use client";
import { Check, CircleDashed } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { Receipt } from "@/lib/core/api/approval";
import { formatDuration } from "@/lib/core/format/format-duration";

type Leg = { readonly word: string; readonly at: string | null; readonly why: string };

function legsOf(receipt: Receipt): readonly Leg[] {
  return [
    { word: "Recorded", at: receipt.recordedAt, why: "Committed: no crash loses it." },
    { word: `Sent${via(receipt.sentVia)}`, at: receipt.sentAt, why: "Written to the agent's stream, or as the answer to its poll." },
    { word: `Delivered${via(receipt.deliveredVia)}`, at: receipt.deliveredAt, why: "The agent asked for it and was answered." },
    { word: "Acknowledged", at: receipt.acknowledgedAt, why: "The agent said that it has it." },
    { word: "Resumed", at: receipt.resumedAt, why: "The agent's first event after the decision." },
  ];
}

function via(word: string | null): string {
  return word === null ? "" : ` by ${word.replace("-", " ")}`;
}

/** How far a decision came on its way to the agent, each leg with the time since the decision. */
export function ReceiptLine({ receipt, decidedAt }: { readonly receipt: Receipt; readonly decidedAt: string }) {
  const decidedMs = Date.parse(decidedAt);
  return (
    <ol aria-label="Receipt" className="flex flex-wrap gap-x-4 gap-y-1">
      {legsOf(receipt).map(({ word, at, why }) => (
        <li
          key={word}
          title={at === null ? `${why} Not yet.` : `${why}\n${at}`}
          className={classNames("inline-flex items-center gap-1.5", at === null ? "text-faint" : "text-ink")}
        >
          {at === null ? (
            <CircleDashed aria-hidden size={13} className="shrink-0" />
          ) : (
            <Check aria-hidden size={13} className="shrink-0 text-succeeded" />
          )}
          {word}
          {at === null ? (
            <span className="sr-only">not yet</span>
          ) : (
            <span className="figures text-faint">{formatDuration(Math.max(0, Date.parse(at) - decidedMs))}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
