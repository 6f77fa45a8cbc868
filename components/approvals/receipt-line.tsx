"use client";
import { type Leg, LegLine, via } from "@/components/ui/leg-line";
import type { Receipt } from "@/lib/core/api/approval";

function legsOf(receipt: Receipt): readonly Leg[] {
  return [
    { word: "Recorded", at: receipt.recordedAt, why: "Stored: a crash cannot lose it." },
    {
      word: `Sent${via(receipt.sentVia)}`,
      at: receipt.sentAt,
      why: "Written to the agent's stream or poll, or sent to its source or a webhook.",
    },
    {
      word: `Delivered${via(receipt.deliveredVia)}`,
      at: receipt.deliveredAt,
      why: "The agent fetched it, or its source or a webhook accepted it.",
    },
    { word: "Acknowledged", at: receipt.acknowledgedAt, why: "The agent confirmed receipt." },
    { word: "Resumed", at: receipt.resumedAt, why: "The agent's first event after the decision." },
  ];
}

/** How far a decision came on its way to the agent, each leg with the time since the decision. */
export function ReceiptLine({ receipt, decidedAt }: { readonly receipt: Receipt; readonly decidedAt: string }) {
  return <LegLine label="Receipt" legs={legsOf(receipt)} since={decidedAt} />;
}
