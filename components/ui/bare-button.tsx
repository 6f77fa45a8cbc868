"use client";
import { type ComponentProps, type MouseEvent, useContext } from "react";
import { RefusalContext } from "@/lib/client/hooks/use-refusal";
import type { Scope } from "@/lib/core/members/scopes";
import { useAwake } from "./use-in-browser";

export type BareButtonProps = ComponentProps<"button"> & {
  /** What the role of whoever presses must allow; others are told why not. */
  readonly needs?: Scope | undefined;
  /** The second press of a double click is none: when the answer was quick it would do again, or undo, what the first did. */
  readonly once?: boolean;
};

/** A button without looks: every button of the app is one, so that no press is lost on one that the server drew and nobody hears yet. */
export function BareButton({ type = "button", disabled, needs, once = false, onClick, ...rest }: BareButtonProps) {
  const { of, tell } = useContext(RefusalContext);
  const refusal = needs ? of(needs) : null;
  // Not `disabled` where the role forbids it: the reason must be found with the keyboard, and a finger cannot hover.
  const refused =
    refusal && ({ "aria-disabled": true, "data-tooltip": refusal, title: "", type: "button", onClick: () => tell(refusal) } as const);
  const press = (event: MouseEvent<HTMLButtonElement>) => (once && event.detail > 1 ? event.preventDefault() : onClick?.(event));
  return <button type={type} onClick={press} {...rest} {...useAwake(disabled && !refusal)} {...refused} />;
}
