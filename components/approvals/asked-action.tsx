"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { CopyTextButton } from "@/components/ui/copy-button";
import { SafeText } from "@/components/ui/safe-text";
import type { Approval } from "@/lib/core/api/approval";
import { argumentText, hasArguments } from "./argument-text";

/** Beyond this many characters the rest is drawn on request, and nothing can be approved before. */
export const drawnAtOnce = 20_000;

/** Whether the arguments are drawn whole, and the call that draws the rest. */
export function useDrawnWhole(approval: Pick<Approval, "id" | "arguments">) {
  const [whole, setWhole] = useState<string | null>(null);
  const text = argumentText(approval.arguments);
  const isWhole = text.length <= drawnAtOnce || whole === approval.id;
  return { text, isWhole, drawRest: () => setWhole(approval.id) };
}

/** A bare question brings nothing that the machine would do. */
export function asksForAction(approval: Approval): boolean {
  return approval.tool !== null || hasArguments(approval.arguments);
}

type AskedActionProps = {
  readonly approval: Approval;
  readonly drawn: ReturnType<typeof useDrawnWhole>;
  /** Beside other things: less high, scrolled earlier. */
  readonly compact?: boolean;
};

/** What would be done, as the machine reads it: the tool and all of its arguments, hidden characters as chips. */
export function AskedAction({ approval, drawn, compact = false }: AskedActionProps) {
  const { text, isWhole, drawRest } = drawn;
  const shown = isWhole ? text : text.slice(0, drawnAtOnce);
  return (
    <div className="overflow-hidden rounded-box border bg-inset">
      <div className="flex items-center gap-2 border-b py-1 pr-1 pl-3">
        <span className="text-faint text-meta">{approval.tool === null ? "Question data" : "Tool"}</span>
        {approval.tool !== null && (
          <span className="max-h-32 min-w-0 overflow-y-auto break-words font-code font-medium text-ink [overflow-wrap:anywhere]">
            <SafeText text={approval.tool} />
          </span>
        )}
        <span className="ml-auto">
          <CopyTextButton size="small" look="quiet" text={text} what="arguments" />
        </span>
      </div>
      {hasArguments(approval.arguments) ? (
        <section aria-label="Arguments" className={classNames("overflow-auto px-3 py-2", compact ? "max-h-44" : "max-h-[45vh]")}>
          <pre className="whitespace-pre-wrap break-words font-code [overflow-wrap:anywhere]">
            <SafeText text={shown} />
          </pre>
        </section>
      ) : (
        <p className="px-3 py-2 text-muted">No arguments.</p>
      )}
      {approval.repeatedKeys !== null && <SaidTwice paths={approval.repeatedKeys} />}
      {!isWhole && (
        <div className="flex flex-wrap items-center gap-3 border-t bg-panel px-3 py-2">
          <span className="text-stalled">
            {shown.length.toLocaleString("en")} of {text.length.toLocaleString("en")} characters are shown. You can approve once you have
            seen them all.
          </span>
          <Button size="small" onClick={drawRest}>
            Show the rest
          </Button>
        </div>
      )}
    </div>
  );
}

/** Programs differ in which of the values they take: what would run may not be what is read first. */
function SaidTwice({ paths }: { readonly paths: readonly string[] }) {
  return (
    <p role="note" className="border-t bg-panel px-3 py-2 text-stalled">
      The request contains {paths.length === 1 ? "this key" : "these keys"} more than once, and programs differ in which value they use:{" "}
      {paths.map((path, index) => (
        <span key={path} className="break-words font-code [overflow-wrap:anywhere]">
          {index > 0 && ", "}
          <SafeText text={path} clamp={200} />
        </span>
      ))}
      . Deny it unless you know which one counts.
    </p>
  );
}
