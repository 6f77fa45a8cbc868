"use client";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { BareButton } from "@/components/ui/bare-button";

type FigurePopoverProps = {
  /** What the popover explains: "Tokens by class". */
  readonly title: string;
  readonly trigger: ReactNode;
  readonly children: ReactNode;
};

/** A figure that explains itself when pressed: its name is the figure, then what it explains. */
export function FigurePopover({ title, trigger, children }: FigurePopoverProps) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <BareButton className="-mx-1 inline-flex h-6 shrink-0 items-center gap-1 pointer-coarse:h-10 whitespace-nowrap rounded-row px-1 decoration-faint decoration-dotted underline-offset-4 hover:bg-hover hover:underline data-[state=open]:bg-selected">
          {trigger}
          <span className="sr-only">, {title}</span>
        </BareButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={title}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-(--radix-popover-content-available-height) w-[min(22rem,calc(100vw-1rem))] animate-rise overflow-y-auto rounded-box border bg-overlay p-3 shadow-overlay outline-none"
        >
          <h2 className="mb-2 font-medium">{title}</h2>
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** A figure per line, words left and figures right. */
export function FigureLines({ lines }: { readonly lines: readonly FigureLine[] }) {
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1">
      {lines.map(({ label, value, strong }) => (
        <div key={label} className={`contents ${strong ? "font-medium" : ""}`}>
          <dt className={strong ? "mt-1 border-t pt-1" : "text-muted"}>{label}</dt>
          <dd className={`figures text-right ${strong ? "mt-1 border-t pt-1" : ""}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export type FigureLine = { readonly label: string; readonly value: ReactNode; readonly strong?: boolean };
