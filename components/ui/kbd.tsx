"use client";
import { useSyncExternalStore } from "react";
import { classNames } from "./class-names";

const words: Record<string, string> = { Enter: "↵", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓" };
const noop = () => () => {};

/** Keys as caps: `mod+k` is one cap with the platform's modifier, `g r` two caps. */
export function Keys({ keys, onSolid = false }: { readonly keys: string; readonly onSolid?: boolean }) {
  const mac = useSyncExternalStore(
    noop,
    () => /mac|iphone|ipad/i.test(navigator.platform),
    () => false,
  );
  return (
    <span className="inline-flex items-center gap-1">
      {keys.split(" ").map((key) => (
        <kbd
          key={key}
          className={classNames(
            "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-row border px-1 font-sans text-[11px] leading-none",
            onSolid ? "border-current/25 opacity-80" : "border-line bg-inset text-muted",
          )}
        >
          {capOf(key, mac)}
        </kbd>
      ))}
    </span>
  );
}

function capOf(key: string, mac: boolean): string {
  if (key.startsWith("mod+")) return `${mac ? "⌘" : "Ctrl "}${key.slice(4).toUpperCase()}`;
  return words[key] ?? key;
}
