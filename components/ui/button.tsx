"use client";
import type { ComponentProps } from "react";
import { type ButtonLook, type ButtonSize, buttonClass } from "./button-class";
import { classNames } from "./class-names";
import { useAwake } from "./use-in-browser";

export type ButtonProps = ComponentProps<"button"> & { readonly look?: ButtonLook; readonly size?: ButtonSize };

export function Button({ look, size, className, type = "button", disabled, ...rest }: ButtonProps) {
  return <button type={type} className={classNames(buttonClass(look, size), className)} {...rest} {...useAwake(disabled)} />;
}
