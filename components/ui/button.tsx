"use client";
import type { ComponentProps } from "react";
import { BareButton } from "./bare-button";
import { type ButtonLook, type ButtonSize, buttonClass } from "./button-class";
import { classNames } from "./class-names";

export type ButtonProps = ComponentProps<"button"> & { readonly look?: ButtonLook; readonly size?: ButtonSize };

export function Button({ look, size, className, ...rest }: ButtonProps) {
  return <BareButton className={classNames(buttonClass(look, size), className)} {...rest} />;
}
