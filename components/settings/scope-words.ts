import type { KeyScope } from "@/lib/client/hooks/use-project";

export const scopeWords: Record<KeyScope, string> = {
  ingest: "Send events",
  read: "Read runs and streams",
  decide: "Answer approvals",
  control: "Pause, resume and cancel runs",
  admin: "Manage keys and settings",
};
