"use client";
import { Unplug } from "lucide-react";
import { useOffline } from "next/offline";
import { useHeldNavigation } from "@/lib/client/hooks/use-held-navigation";

/** Says that the page which was asked for waits for the server; what is on screen stays until it comes. */
export function NoAnswer() {
  const offline = useOffline();
  const held = useHeldNavigation();
  const away = offline || held;
  return (
    <div role="status" className="shrink-0">
      {away && (
        <p className="tint flex items-center gap-2 border-b px-4 py-1.5 text-waiting">
          <Unplug aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />
          <span>
            <span className="font-medium">The server is not answering. Retrying.</span>{" "}
            <span className="text-ink">This page stays as it is and catches up once the server is back.</span>
          </span>
        </p>
      )}
    </div>
  );
}
