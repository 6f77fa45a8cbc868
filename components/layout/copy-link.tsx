"use client";
import { Link2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toast";
import { writeClipboard } from "@/components/ui/write-clipboard";
import { useShell } from "./shell-context";

/** Copies the address, which holds everything of the view, and says so. */
export async function copyLink(): Promise<void> {
  const copied = await writeClipboard(location.href);
  toast(
    copied
      ? { text: "Link to this view copied", tone: "good" }
      : { text: "Copying is blocked here. Copy the page address instead", tone: "bad" },
  );
}

/** Beside a page's title: a link that shows somebody else exactly this. */
export function CopyLinkButton({ className }: { readonly className?: string }) {
  const shell = useShell();
  return (
    <IconButton label="Copy link to this view" keys="y" onClick={shell.copyLink} className={className}>
      <Link2 size={16} strokeWidth={1.75} />
    </IconButton>
  );
}
