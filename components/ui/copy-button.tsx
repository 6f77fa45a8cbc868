"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { IconButton } from "./icon-button";
import { writeClipboard } from "./write-clipboard";

const doneMs = 1_500;

type Copied = "idle" | "done" | "failed";

function useCopy(text: string | (() => string)): readonly [Copied, () => void] {
  const [copied, setCopied] = useState<Copied>("idle");
  useEffect(() => {
    if (copied === "idle") return;
    const timer = setTimeout(() => setCopied("idle"), doneMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    writeClipboard(typeof text === "string" ? text : text()).then((ok) => setCopied(ok ? "done" : "failed"));
  };
  return [copied, copy];
}

type CopyProps = {
  readonly text: string | (() => string);
  /** What is copied: "run id", "value". */
  readonly what: string;
  readonly className?: string;
};

/** Copies the whole text, however short it is shown. */
export function CopyButton({ text, what, className }: CopyProps) {
  const [copied, copy] = useCopy(text);
  const label = copied === "done" ? "Copied" : copied === "failed" ? "Copying is blocked here" : `Copy ${what}`;
  return (
    <IconButton
      small
      label={label}
      className={className}
      onClick={(event) => {
        event.stopPropagation();
        copy();
      }}
    >
      {copied === "done" ? <Check size={13} className="text-succeeded" /> : <Copy size={13} />}
    </IconButton>
  );
}

/** The same with its word beside the icon. */
export function CopyTextButton({ text, what, ...rest }: CopyProps & Omit<ButtonProps, "children" | "onClick">) {
  const [copied, copy] = useCopy(text);
  return (
    <Button {...rest} onClick={copy} aria-label={`Copy ${what}`}>
      {copied === "done" ? <Check size={14} className="text-succeeded" /> : <Copy size={14} />}
      <span aria-live="polite">{copied === "done" ? "Copied" : copied === "failed" ? "Not allowed" : "Copy"}</span>
    </Button>
  );
}
