"use client";
import { useEffect } from "react";
import { classNames } from "@/components/ui/class-names";
import { usePendingApprovals } from "@/lib/client/hooks/use-approvals";

const prefix = /^\(\d+\) /;

/** How many requests wait for a human, beside the navigation's word and in front of the tab's title. */
export function ApprovalCount({ className }: { readonly className?: string }) {
  const count = usePendingApprovals() ?? 0;
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
  if (count === 0) return null;
  return (
    <span
      className={classNames(
        "tint figures inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1 font-medium text-[11px] text-waiting",
        className,
      )}
    >
      {count.toLocaleString("en")}
      <span className="sr-only"> waiting</span>
    </span>
  );
}
