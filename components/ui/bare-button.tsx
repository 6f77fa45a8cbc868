"use client";
import type { ComponentProps } from "react";
import { useAwake } from "./use-in-browser";

/** A button without looks: every button of the app is one, so that no press is lost on one that the server drew and nobody hears yet. */
export function BareButton({ type = "button", disabled, ...rest }: ComponentProps<"button">) {
  return <button type={type} {...rest} {...useAwake(disabled)} />;
}
