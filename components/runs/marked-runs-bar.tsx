"use client";
import { GitCompareArrows } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { Link } from "@/components/ui/link";
import { MarkedBar } from "@/components/ui/marked-bar";
import type { Marked } from "@/components/ui/use-marked";
import { compareHref } from "../compare/compare-href";

type MarkedRunsBarProps = {
  readonly marked: Marked;
  /** What else can be done with them. */
  readonly children?: ReactNode;
};

function hintFor(count: number): string {
  if (count === 0) return "tap runs to select them";
  return count === 1 ? "one more to compare" : "two can be compared";
}

/** The selected runs: two to compare, any number to act on. */
export function MarkedRunsBar({ marked: { ids, clear }, children }: MarkedRunsBarProps) {
  const [a, b] = ids;
  const aside =
    a !== undefined && b !== undefined && ids.length === 2 ? (
      <Link href={compareHref(a, b)} className={buttonClass("solid")}>
        <GitCompareArrows aria-hidden size={14} />
        Compare
      </Link>
    ) : (
      <span className="whitespace-nowrap text-faint max-md:flex-1">{hintFor(ids.length)}</span>
    );
  return (
    <MarkedBar label="Selected runs" count={ids.length} aside={aside} onClear={clear}>
      {children}
    </MarkedBar>
  );
}
