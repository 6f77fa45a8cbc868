import { Command } from "cmdk";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Keys } from "@/components/ui/kbd";

export const itemClass = "flex h-8 items-center gap-2.5 rounded-row px-2 data-[selected=true]:bg-hover pointer-coarse:h-11";

export function Group({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-meta"
    >
      {children}
    </Command.Group>
  );
}

type ItemProps = {
  readonly icon: LucideIcon;
  readonly keys?: string;
  readonly onSelect: () => void;
  /** What typed words are compared with; else what it is called. */
  readonly value?: string;
  readonly children: string;
};

export function Item({ icon: Icon, keys, onSelect, value, children }: ItemProps) {
  return (
    <Command.Item value={value ?? children} onSelect={onSelect} className={itemClass}>
      <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-muted" />
      <span className="flex-1 truncate">{children}</span>
      {keys && <Keys keys={keys} />}
    </Command.Item>
  );
}
