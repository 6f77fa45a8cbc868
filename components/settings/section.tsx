import type { ReactNode } from "react";

type SectionProps = { readonly title: string; readonly hint: string; readonly action?: ReactNode; readonly children: ReactNode };

/** One subject of the settings. */
export function Section({ title, hint, action, children }: SectionProps) {
  return (
    <section>
      <div className="mb-3 flex items-end gap-4">
        <div className="min-w-0 flex-1">
          <h2 className="font-semibold text-title">{title}</h2>
          <p className="text-muted">{hint}</p>
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
