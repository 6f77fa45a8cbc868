"use client";
import { BareButton, type BareButtonProps } from "./bare-button";
import { classNames } from "./class-names";
import { Tooltip } from "./tooltip";

export type IconButtonProps = Omit<BareButtonProps, "aria-label"> & {
  /** What it does: its accessible name and its tooltip. */
  readonly label: string;
  readonly keys?: string;
  readonly small?: boolean;
};

export function IconButton({ label, keys, small = false, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <BareButton
        aria-label={label}
        className={classNames(
          "inline-flex shrink-0 items-center justify-center rounded-row text-muted transition-colors hover:bg-hover hover:text-ink",
          "disabled:pointer-events-none disabled:not-data-waking:opacity-40 aria-disabled:cursor-not-allowed aria-disabled:opacity-40 aria-pressed:bg-selected aria-pressed:text-accent",
          small ? "size-5" : "size-7 pointer-coarse:size-10",
          className,
        )}
        {...rest}
      />
    </Tooltip>
  );
}
