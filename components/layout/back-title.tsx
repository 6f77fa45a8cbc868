import { ChevronLeft } from "lucide-react";
import { Link } from "@/components/ui/link";

type BackTitleProps = {
  readonly href: string;
  /** "the settings". */
  readonly to: string;
  readonly title: string;
};

/** A page's title behind the way back to the page that it belongs to. */
export function BackTitle({ href, to, title }: BackTitleProps) {
  return (
    <span className="flex items-center gap-1">
      <Link
        href={href}
        aria-label={`Back to ${to}`}
        className="rounded-row p-1 text-muted hover:text-ink pointer-coarse:-ml-3 pointer-coarse:p-3"
      >
        <ChevronLeft aria-hidden size={16} />
      </Link>
      {title}
    </span>
  );
}
