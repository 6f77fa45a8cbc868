"use client";
import { useEffect } from "react";
import { useFiringCount } from "@/lib/client/hooks/use-alert-news";
import { usePendingApprovals } from "@/lib/client/hooks/use-pending-approvals";

const prefix = /^\(\d+\) /;

/** How much waits for a human and how many alerts fire, in front of the tab's title. */
export function TitleCount(): null {
  const count = (usePendingApprovals() ?? 0) + (useFiringCount() ?? 0);
  useEffect(() => {
    // Pages and navigation write the title at times of their own.
    const apply = () => {
      const bare = document.title.replace(prefix, "");
      const wanted = count > 0 ? `(${count}) ${bare}` : bare;
      if (document.title !== wanted) document.title = wanted;
    };
    apply();
    const observer = new MutationObserver(apply);
    observer.observe(document.head, { subtree: true, childList: true, characterData: true });
    return () => observer.disconnect();
  }, [count]);
  return null;
}
