import type { Leg } from "@/components/ui/leg-line";
import { via } from "@/components/ui/leg-line";
import type { Control } from "@/lib/core/api/control";
import type { ControlAction } from "@/lib/core/control/words";

export const askedWords: Readonly<Record<ControlAction, string>> = {
  pause: "Pause requested",
  resume: "Resume requested",
  cancel: "Cancel requested",
};

const doneLegs: Readonly<Record<ControlAction, string>> = { pause: "Paused", resume: "Resumed", cancel: "Cancelled" };

/** What became of a request that did not become effective. */
export const outcomeWords: Partial<Record<Control["outcome"], string>> = {
  superseded: "Another request replaced it before the agent acted.",
  ended: "The run ended before the agent acted.",
};

export function legsOf(control: Control): readonly Leg[] {
  return [
    { word: "Requested", at: control.requestedAt, why: "Stored: a crash cannot lose it." },
    { word: `Sent${via(control.sentVia)}`, at: control.sentAt, why: "Written to the agent's stream or poll, or sent to its source." },
    {
      word: `Acknowledged${via(control.acknowledgedVia)}`,
      at: control.acknowledgedAt,
      why: "The agent or its source confirmed receipt.",
    },
    { word: doneLegs[control.action], at: control.effectiveAt, why: "The agent did it." },
  ];
}
