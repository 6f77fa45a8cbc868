"use client";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";

type MarkedBarProps = {
  readonly label: string;
  readonly count: number;
  /** Beside the count: what more can be selected, or done with just so many. */
  readonly aside?: ReactNode;
  /** What can be done with all of them. */
  readonly children?: ReactNode;
  readonly onClear: () => void;
};

/** What can be done with the selected rows, over the end of the list. */
export function MarkedBar({ label, count, aside, children, onClear }: MarkedBarProps) {
  return (
    <section
      aria-label={label}
      className="absolute inset-x-2 bottom-3 z-20 mx-auto flex w-fit animate-rise flex-wrap items-center gap-2 max-md:w-auto rounded-box border bg-overlay py-1.5 pr-1.5 pl-3 shadow-overlay"
    >
      <span role="status" className="figures whitespace-nowrap">
        {count.toLocaleString("en")} selected
      </span>
      {aside}
      {count > 0 && <div className="contents max-md:order-1 max-md:flex max-md:w-full max-md:flex-wrap max-md:gap-1.5">{children}</div>}
      <IconButton label="Clear selection" className="max-md:ml-auto" onClick={onClear}>
        <X size={16} />
      </IconButton>
    </section>
  );
}
