"use client";
import { Link2 } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { writeClipboard } from "@/components/ui/write-clipboard";
import { useShell } from "./shell-context";

const shownMs = 2_500;

type Copied = { readonly ok: boolean; readonly times: number };

/** Copies the address, which holds everything of the view, and says so. */
export function useCopyLink(): { readonly copyLink: () => void; readonly notice: ReactNode } {
  const [copied, setCopied] = useState<Copied | null>(null);
  const copyLink = useCallback(() => {
    writeClipboard(location.href).then((ok) => setCopied((before) => ({ ok, times: (before?.times ?? 0) + 1 })));
  }, []);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(null), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return { copyLink, notice: <CopyNotice copied={copied} /> };
}

function CopyNotice({ copied }: { readonly copied: Copied | null }) {
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-16 z-50 flex justify-center md:bottom-6">
      {copied && (
        <span key={copied.times} className="animate-rise rounded-box border bg-overlay px-3 py-1.5 shadow-overlay">
          {copied.ok ? "Link to this view copied" : "Copying is not allowed here: copy the address instead"}
        </span>
      )}
    </div>
  );
}

/** Beside a page's title: a link that shows somebody else exactly this. */
export function CopyLinkButton({ className }: { readonly className?: string }) {
  const { copyLink } = useShell();
  return (
    <IconButton label="Copy link to this view" keys="y" onClick={copyLink} className={className}>
      <Link2 size={16} strokeWidth={1.75} />
    </IconButton>
  );
}
