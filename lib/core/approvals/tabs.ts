import type { ApprovalStatus } from "./words";

/** The tabs of the inbox. */
export const approvalTabs = ["waiting", "decided", "expired"] as const;
export type ApprovalTab = (typeof approvalTabs)[number];

export const approvalTabStatuses: Readonly<Record<ApprovalTab, readonly ApprovalStatus[]>> = {
  waiting: ["pending"],
  decided: ["approved", "denied", "answered", "cancelled", "superseded"],
  expired: ["expired"],
};
