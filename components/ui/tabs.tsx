"use client";
import { Tabs as Radix } from "radix-ui";
import { type ReactNode, useEffect, useRef } from "react";
import { BareButton } from "./bare-button";
import { classNames } from "./class-names";
import { moveIntoSight } from "./move-into-sight";

export type TabItem<Value extends string> = {
  readonly value: Value;
  readonly label: ReactNode;
  readonly badge?: ReactNode;
  readonly content?: ReactNode;
};

type TabsProps<Value extends string> = {
  /** What the tabs choose, for screen readers. */
  readonly label: string;
  readonly items: readonly TabItem<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly className?: string;
  /** Beside the row of tabs. */
  readonly aside?: ReactNode;
};

/** A row of tabs with the chosen one's content below. A tab without content only chooses: its panel is drawn by the caller. */
export function Tabs<Value extends string>({ label, items, value, onChange, className, aside }: TabsProps<Value>) {
  const list = useRef<HTMLDivElement>(null);
  const chosen = items.findIndex((item) => item.value === value);
  useEffect(() => {
    const tab = list.current?.children[chosen];
    if (list.current && tab) moveIntoSight(list.current, tab);
  }, [chosen]);
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as Value)} className={className}>
      <div className="flex items-center gap-2 border-b">
        <Radix.List ref={list} aria-label={label} className="scroll-quiet flex min-w-0 flex-1 gap-4 overflow-x-auto">
          {items.map((item) => (
            <Radix.Trigger
              key={item.value}
              asChild
              value={item.value}
              // Radix names a panel also where the caller draws it, and nothing has that id then.
              {...(item.content === undefined ? { "aria-controls": undefined } : {})}
              className={classNames(
                "-mb-px flex h-9 shrink-0 items-center justify-center gap-1.5 border-transparent border-b-2 font-medium text-muted outline-offset-[-2px]",
                "hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink pointer-coarse:h-11 pointer-coarse:min-w-10",
              )}
            >
              <BareButton>
                {item.label}
                {item.badge}
              </BareButton>
            </Radix.Trigger>
          ))}
        </Radix.List>
        {aside}
      </div>
      {items.map(
        (item) =>
          item.content !== undefined && (
            <Radix.Content key={item.value} value={item.value} className="outline-offset-[-2px]">
              {item.content}
            </Radix.Content>
          ),
      )}
    </Radix.Root>
  );
}
