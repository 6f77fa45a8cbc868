"use client";
import { Bell } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useNoticePermission } from "@/lib/client/hooks/use-notices";

/** Desktop notifications are asked for here and nowhere else: never without a press. */
export function BrowserNotice() {
  const { permission, ask } = useNoticePermission();
  const words = {
    unsupported: "This browser does not support desktop notifications.",
    default: "This browser can show a desktop notification when an alert fires or a human is asked, while a Watchfloor page is open.",
    granted: "This browser shows one desktop notification for all its tabs when an alert fires or a human is asked.",
    denied: "This browser blocks notifications from Watchfloor. Allow them in its settings for this site.",
  }[permission];
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-box border bg-panel px-3 py-2">
      <Bell aria-hidden size={16} className="text-muted" />
      <p className="min-w-0 flex-1 basis-64 text-muted">{words}</p>
      {permission === "default" && (
        <Button size="small" onClick={ask}>
          Turn on notifications
        </Button>
      )}
    </div>
  );
}
