"use client";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { Wanted } from "@/lib/client/hooks/use-decide";
import type { Approval } from "@/lib/core/api/approval";
import { parseExact } from "@/lib/core/exact-json";

export type FormProps = {
  readonly approval: Approval;
  readonly pending: boolean;
  readonly onDecide: (wanted: Wanted) => void;
  readonly onClose: () => void;
};

export const fieldClass = "w-full rounded-box border border-line-strong bg-panel px-2.5 py-1.5 max-md:text-[16px]";

type FrameProps = {
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly submit: string;
  readonly danger?: boolean;
  readonly disabled: boolean;
  /** Beside the buttons. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
};

/** What the forms of a decision share: Enter with a modifier sends, Escape goes back. */
export function Form({ onSubmit, onClose, submit, danger = false, disabled, aside, children }: FrameProps) {
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!disabled) onSubmit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && !disabled) onSubmit();
      }}
    >
      {children}
      <div className="flex gap-2">
        <Button type="submit" look={danger ? "danger" : "solid"} size="large" disabled={disabled}>
          {submit}
        </Button>
        <Button look="quiet" size="large" onClick={onClose}>
          Back
        </Button>
        {aside}
      </div>
    </form>
  );
}

/** The form was asked for by its button or its key: what comes next is typing. A finger would get a keyboard over what it has to read. */
export function focusOnce(field: HTMLElement | null): void {
  if (!matchMedia("(pointer: coarse)").matches) field?.focus({ preventScroll: true });
}

export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** JSON, digit by digit as it was written. */
export function parseJson(text: string): Parsed {
  try {
    return { ok: true, value: parseExact(text) };
  } catch (error) {
    return { ok: false, message: `This is not valid JSON yet: ${error instanceof Error ? error.message : "it cannot be parsed"}` };
  }
}
