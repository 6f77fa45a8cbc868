"use client";
import { classNames } from "@/components/ui/class-names";
import { useFiringCount } from "@/lib/client/hooks/use-alert-news";
import { usePendingApprovals } from "@/lib/client/hooks/use-pending-approvals";

/** What waits for somebody on a page, beside the navigation's word for it. */
export function NavCount({ href, className }: { readonly href: string; readonly className?: string }) {
  if (href === "/approvals") return <ApprovalCount className={className} />;
  return href === "/alerts" ? <AlertCount className={className} /> : null;
}

function ApprovalCount({ className }: { readonly className?: string }) {
  return <Count count={usePendingApprovals() ?? 0} what="waiting" className={classNames("text-waiting", className)} />;
}

function AlertCount({ className }: { readonly className?: string }) {
  return <Count count={useFiringCount() ?? 0} what="firing" className={classNames("text-failed", className)} />;
}

type CountProps = { readonly count: number; readonly what: string; readonly className: string };

function Count({ count, what, className }: CountProps) {
  if (count === 0) return null;
  return (
    <span
      className={classNames(
        "tint figures inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1 font-medium text-[11px]",
        className,
      )}
    >
      {count.toLocaleString("en")}
      <span className="sr-only"> {what}</span>
    </span>
  );
}
