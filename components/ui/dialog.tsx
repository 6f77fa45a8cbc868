"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { createContext, type ReactNode, useContext } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";
import { IconButton } from "./icon-button";
import { useBackCloses } from "./use-back-closes";
import { useOverlay } from "./use-overlay";

type OverlayProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
};

type DialogProps = OverlayProps & {
  /** What it shows cannot be had again: a press beside it, like the second of a double click on what made it, does not close it. */
  readonly stays?: boolean;
  /** What was asked for in it is under way and cannot be called back: it stays until it is told what came of it. */
  readonly busy?: boolean;
};

const Busy = createContext(false);

const veil = "fixed inset-0 z-40 animate-appear bg-[oklch(0.15_0.01_256/0.4)]";

/** A question or a form over the page. */
export function Dialog({ open, onOpenChange, title, description, children, className, stays = false, busy = false }: DialogProps) {
  const overlay = useOverlay();
  const change = (next: boolean) => (next || !busy) && onOpenChange(next);
  useBackCloses(open, () => change(false));
  return (
    <Radix.Root open={open} onOpenChange={change}>
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          {...overlay}
          onInteractOutside={(event) => stays && event.preventDefault()}
          className={classNames(
            "fixed top-[12dvh] left-1/2 z-50 flex max-h-[86dvh] w-[min(32rem,calc(100vw-1.5rem))] -translate-x-1/2 animate-rise flex-col",
            "overflow-hidden rounded-box border bg-overlay shadow-overlay outline-none",
            className,
          )}
        >
          <Busy value={busy}>
            <OverlayHead title={title} description={description} />
            <div className="min-h-0 overflow-y-auto px-4 pb-4">{children}</div>
          </Busy>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The button of a dialog that does nothing: "Cancel", "Keep it". Once it is being done it is too late for that. */
export function DialogCancel({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Close asChild>
      <Button look="quiet" disabled={useContext(Busy)}>
        {children}
      </Button>
    </Radix.Close>
  );
}

/** A panel from the right; the full height and width of a phone. */
export function Sheet({ open, onOpenChange, title, description, children, className }: OverlayProps) {
  const overlay = useOverlay();
  useBackCloses(open, () => onOpenChange(false));
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          {...overlay}
          className={classNames(
            "fixed inset-y-0 right-0 z-50 flex w-full animate-slide-in flex-col bg-overlay shadow-overlay outline-none sm:w-[26rem] sm:border-l",
            className,
          )}
        >
          <OverlayHead title={title} description={description} />
          <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function OverlayHead({ title, description }: { readonly title: ReactNode; readonly description?: ReactNode }) {
  return (
    <div className="flex items-start gap-3 px-4 pt-3.5 pb-3">
      <div className="min-w-0 flex-1">
        <Radix.Title className="font-semibold text-title">{title}</Radix.Title>
        {description && <Radix.Description className="mt-0.5 text-muted">{description}</Radix.Description>}
      </div>
      <Radix.Close asChild>
        <IconButton label="Close" keys="Escape" disabled={useContext(Busy)}>
          <X size={16} />
        </IconButton>
      </Radix.Close>
    </div>
  );
}
