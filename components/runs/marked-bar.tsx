"use client";
import { GitCompareArrows, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { IconButton } from "@/components/ui/icon-button";
import { compareHref } from "../compare/compare-href";
import type { MarkedRuns } from "./use-marked-runs";

type MarkedBarProps = { readonly marked: MarkedRuns /** What else can be done with them. */; readonly children?: ReactNode };

/** What can be done with the ticked runs, over the end of the list. */
export function MarkedBar({ marked: { ids, clear }, children }: MarkedBarProps) {
  const [a, b] = ids;
  if (a === undefined) return null;
  return (
    <section
      aria-label="Marked runs"
      className="absolute inset-x-2 bottom-3 z-20 mx-auto flex w-fit animate-rise flex-wrap items-center gap-2 rounded-box border bg-overlay py-1.5 pr-1.5 pl-3 shadow-overlay"
    >
      <span role="status" className="figures whitespace-nowrap">
        {ids.length.toLocaleString("en")} marked
      </span>
      {ids.length === 2 ? (
        <Link href={compareHref(a, b)} className={buttonClass("solid")}>
          <GitCompareArrows aria-hidden size={14} />
          Compare
        </Link>
      ) : (
        <span className="whitespace-nowrap text-faint">{ids.length === 1 ? "mark one more to compare" : "two can be compared"}</span>
      )}
      {children}
      <IconButton label="Clear the marks" onClick={clear}>
        <X size={16} />
      </IconButton>
    </section>
  );
}
