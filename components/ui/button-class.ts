import { classNames } from "./class-names";

export type ButtonLook = "solid" | "outline" | "quiet" | "danger";
export type ButtonSize = "small" | "normal" | "large";

const looks: Record<ButtonLook, string> = {
  solid: "bg-solid text-on-solid hover:bg-solid-hover border-transparent",
  outline: "border-line-strong bg-panel text-ink hover:bg-inset",
  quiet: "border-transparent text-muted hover:bg-hover hover:text-ink",
  danger: "border-line-strong bg-panel text-failed hover:border-current hover:bg-inset",
};
const sizes: Record<ButtonSize, string> = {
  small: "h-6 px-2 gap-1 text-meta",
  normal: "h-7 px-2.5 gap-1.5 text-body",
  large: "h-9 px-3.5 gap-2 text-body",
};

/** The classes of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = "outline", size: ButtonSize = "normal"): string {
  return classNames(
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-box border font-medium transition-colors",
    "disabled:pointer-events-none disabled:not-data-waking:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 pointer-coarse:min-h-10",
    looks[look],
    sizes[size],
  );
}
