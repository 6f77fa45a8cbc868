import type { LucideIcon } from "lucide-react";
import { classNames } from "./class-names";

/** What a state looks like and is called. */
export type Look = { readonly word: string; readonly icon: LucideIcon; readonly tone: string };

/** Icon and word of a state. */
export function LookText({ look, className }: { readonly look: Look; readonly className?: string }) {
  const Icon = look.icon;
  return (
    <span className={classNames("inline-flex items-center gap-1.5 whitespace-nowrap align-middle", look.tone, className)}>
      <Icon aria-hidden size={14} className="shrink-0" />
      {look.word}
    </span>
  );
}
