"use client";
import type { ReactNode } from "react";
import { LiveBadge } from "@/components/ui/live-badge";
import { useConnection } from "@/lib/client/hooks/use-connection";
import { CopyLinkButton } from "./copy-link";

type PageHeaderProps = {
  readonly title: ReactNode;
  /** Beside the title. */
  readonly children?: ReactNode;
};

/** Title of a page; on a phone it carries the live badge that elsewhere stands in the navigation. */
export function PageHeader({ title, children }: PageHeaderProps) {
  const connection = useConnection();
  return (
    <header className="flex h-11 shrink-0 items-center gap-3 px-4">
      <h1 className="font-semibold text-title">{title}</h1>
      <div className="ml-auto flex items-center gap-2">
        {children}
        <CopyLinkButton className="max-md:hidden" />
        <LiveBadge connection={connection} className="md:hidden" />
      </div>
    </header>
  );
}
