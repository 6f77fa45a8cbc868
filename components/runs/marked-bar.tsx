"use client";
import { GitCompareArrows, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { IconButton } from "@/components/ui/icon-button";
import { compareHref } from "../compare/compare-href";
import type { MarkedRuns } from "./use-marked-runs";

type MarkedBarProps = { readonly marked: MarkedRuns /** What else can be done with them. */; readonly children?: ReactNode };

function hintFor(count: number): string {
  if (count === 0) return "touch runs to select them";
  return count === 1 ? "one more to compare" : "two can be compared";
}

/** What can be done with the selected runs, over the end of the list. */
export function MarkedBar({ marked: { ids, clear }, children }: MarkedBarProps) {
  const [a, b] = ids;
  return (
    <section
      aria-label="Selected runs"
      className="absolute inset-x-2 bottom-3 z-20 mx-auto flex w-fit animate-rise flex-wrap items-center gap-2 max-md:w-auto rounded-box border bg-overlay py-1.5 pr-1.5 pl-3 shadow-overlay"
    >
      <span role="status" className="figures whitespace-nowrap">
        {ids.length.toLocaleString("en")} selected
      </span>
      {a !== undefined && b !== undefined && ids.length === 2 ? (
        <Link href={compareHref(a, b)} className={buttonClass("solid")}>
          <GitCompareArrows aria-hidden size={14} />
          Compare
        </Link>
      ) : (
        <span className="whitespace-nowrap text-faint max-md:flex-1">{hintFor(ids.length)}</span>
      )}
      {ids.length > 0 && (
        <div className="contents max-md:order-1 max-md:flex max-md:w-full max-md:flex-wrap max-md:gap-1.5">{children}</div>
      )}
      <IconButton label="Clear the selection" className="max-md:ml-auto" onClick={clear}>
        <X size={16} />
      </IconButton>
    </section>
  );
}
