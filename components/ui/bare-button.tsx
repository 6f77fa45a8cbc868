"use client";
import { type ComponentProps, useContext } from "react";
import { RefusalContext } from "@/lib/client/hooks/use-refusal";
import type { Scope } from "@/lib/core/members/scopes";
import { useAwake } from "./use-in-browser";

export type BareButtonProps = ComponentProps<"button"> & {
  /** What the role of whoever presses must allow; others are told why not. */
  readonly needs?: Scope | undefined;
};

/** A button without looks: every button of the app is one, so that no press is lost on one that the server drew and nobody hears yet. */
export function BareButton({ type = "button", disabled, needs, ...rest }: BareButtonProps) {
  const { of, tell } = useContext(RefusalContext);
  const refusal = needs ? of(needs) : null;
  // Not `disabled` where the role forbids it: the reason must be found with the keyboard, and a finger cannot hover.
  const refused =
    refusal && ({ "aria-disabled": true, "data-tooltip": refusal, title: "", type: "button", onClick: () => tell(refusal) } as const);
  return <button type={type} {...rest} {...useAwake(disabled && !refusal)} {...refused} />;
}
