"use client";
import { BareButton, type BareButtonProps } from "./bare-button";
import { type ButtonLook, type ButtonSize, buttonClass } from "./button-class";
import { classNames } from "./class-names";

export type ButtonProps = BareButtonProps & { readonly look?: ButtonLook; readonly size?: ButtonSize };

export function Button({ look, size, className, ...rest }: ButtonProps) {
  return <BareButton className={classNames(buttonClass(look, size), className)} {...rest} />;
}
