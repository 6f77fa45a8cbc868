import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

type EmptyStateProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  /** What would stand here, and why nothing does. */
  readonly children?: ReactNode;
  /** The one next action. */
  readonly action?: ReactNode;
  readonly className?: string;
};

export function EmptyState({ icon: Icon, title, children, action, className }: EmptyStateProps) {
  return (
    <div className={classNames("mx-auto flex max-w-sm flex-col items-center px-6 py-14 text-center", className)}>
      <span className="mb-3 flex size-9 items-center justify-center rounded-box border bg-panel text-faint">
        <Icon aria-hidden size={18} strokeWidth={1.5} />
      </span>
      <h2 className="font-medium text-title">{title}</h2>
      {children && <div className="mt-1 text-balance text-muted">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
