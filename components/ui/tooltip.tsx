import { cloneElement, type ReactElement } from "react";

type TooltipProps = { readonly text: string; readonly keys?: string; readonly children: ReactElement<object> };

/** A short hint on hover and focus, drawn by the page's one TooltipLayer. Never the only place where something is said. */
export function Tooltip({ text, keys, children }: TooltipProps) {
  return cloneElement(children, { "data-tooltip": text, "data-tooltip-keys": keys } as object);
}
