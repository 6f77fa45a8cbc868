"use client";
import { Check, CircleDashed, Minus } from "lucide-react";
import { formatLength } from "@/lib/core/format/format-duration";
import { classNames } from "./class-names";

/** A step on the way to an agent; `at` = when it was made, null = not yet. */
export type Leg = { readonly word: string; readonly at: string | null; readonly why: string };

type LegLineProps = { readonly label: string; readonly legs: readonly Leg[]; readonly since: string; readonly className?: string };

/** How far something came on its way to the agent, each leg with the time since it set out. */
export function LegLine({ label, legs, since, className }: LegLineProps) {
  const sinceMs = Date.parse(since);
  // What came later shows that the agent went on: a leg before it that nobody told of is not awaited any more.
  const last = legs.findLastIndex(({ at }) => at !== null);
  return (
    <ol aria-label={label} className={classNames("flex flex-wrap gap-x-4 gap-y-1", className)}>
      {legs.map(({ word, at, why }, index) => (
        <li
          key={word}
          title={at === null ? `${index < last ? "Not reported. It means" : "Not yet. It means"}: ${why}` : `${why}\n${at}`}
          className={classNames("inline-flex items-center gap-1.5", at === null ? "text-faint" : "text-ink")}
        >
          {at === null && index < last ? (
            <Minus aria-hidden size={13} className="shrink-0" />
          ) : at === null ? (
            <CircleDashed aria-hidden size={13} className="shrink-0" />
          ) : (
            <Check aria-hidden size={13} className="shrink-0 text-succeeded" />
          )}
          {word}
          {at === null ? (
            <span className="sr-only">{index < last ? "not reported" : "not yet"}</span>
          ) : (
            <span className="figures text-faint">{formatLength(Date.parse(at) - sinceMs)}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

export function via(word: string | null): string {
  return word === null ? "" : ` by ${word.replace("-", " ")}`;
}
