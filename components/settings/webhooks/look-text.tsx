import { classNames } from "@/components/ui/class-names";
import type { Look } from "./delivery-look";

/** Icon and word of a state. */
export function LookText({ look, className }: { readonly look: Look; readonly className?: string }) {
  const Icon = look.icon;
  return (
    <span className={classNames("inline-flex items-center gap-1.5 whitespace-nowrap", look.tone, className)}>
      <Icon aria-hidden size={14} className="shrink-0" />
      {look.word}
    </span>
  );
}
