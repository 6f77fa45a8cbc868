import { Ban, CircleCheck, CirclePlay, CircleX, Hourglass, Send } from "lucide-react";
import type { Look } from "@/components/ui/look-text";

type DeliveryStatus = "pending" | "delivered" | "failed";
type ReplayStatus = "running" | "completed" | "cancelled" | "failed";

/** What each state of a delivery looks like and is called. */
export const deliveryLooks: Record<DeliveryStatus, Look> = {
  pending: { word: "Pending", icon: Hourglass, tone: "text-waiting" },
  delivered: { word: "Delivered", icon: CircleCheck, tone: "text-succeeded" },
  failed: { word: "Failed", icon: CircleX, tone: "text-failed" },
};

export const replayLooks: Record<ReplayStatus, Look> = {
  running: { word: "Sending", icon: Send, tone: "text-running" },
  completed: { word: "Done", icon: CircleCheck, tone: "text-succeeded" },
  cancelled: { word: "Cancelled", icon: Ban, tone: "text-ended" },
  failed: { word: "Failed", icon: CircleX, tone: "text-failed" },
};

const active: Look = { word: "Active", icon: CirclePlay, tone: "text-succeeded" };
const failing: Look = { word: "Failing", icon: CircleX, tone: "text-failed" };
const disabled: Look = { word: "Disabled", icon: Ban, tone: "text-ended" };

type Standing = {
  readonly status: "active" | "disabled";
  readonly last_delivery: { readonly status: DeliveryStatus; readonly status_code: number | null } | null;
};

/** An active webhook whose last attempt failed is failing. */
export function webhookLook({ status, last_delivery }: Standing): Look {
  if (status === "disabled") return disabled;
  return last_delivery === null || last_delivery.status === "delivered" ? active : failing;
}
