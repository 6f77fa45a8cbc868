"use client";
import type { LucideIcon } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";

type DropPanelProps = {
  readonly icon: LucideIcon;
  readonly label: string;
  /** Gets the call that closes the panel. */
  readonly children: (close: () => void) => ReactNode;
};

/** A button with a small panel below it, closed by Escape or when the focus leaves. */
export function DropPanel({ icon: Icon, label, children }: DropPanelProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    // Safari gives no focus to a button that is pressed but to what holds it: here, so that the press does not count as leaving.
    <fieldset
      tabIndex={-1}
      className="relative outline-none"
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
      onKeyDown={(event) => event.key === "Escape" && open && close()}
    >
      <Button ref={button} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Icon aria-hidden size={14} />
        {label}
      </Button>
      {open && (
        <div
          id={id}
          tabIndex={-1}
          className="absolute top-full right-0 z-40 mt-1 w-[min(18rem,calc(100vw-2rem))] animate-rise rounded-box border bg-overlay p-2 shadow-overlay outline-none max-md:fixed max-md:inset-x-4 max-md:top-auto max-md:w-auto"
        >
          {children(close)}
        </div>
      )}
    </fieldset>
  );
}
