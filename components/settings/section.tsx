import type { ReactNode } from "react";

type SectionProps = { readonly title: string; readonly hint: string; readonly action?: ReactNode; readonly children: ReactNode };

/** Where a subject stands in the address: "API keys" is at `#api-keys`. */
export const sectionId = (title: string): string => title.toLowerCase().replaceAll(" ", "-");

/** One subject of the settings. */
export function Section({ title, hint, action, children }: SectionProps) {
  return (
    <section id={sectionId(title)} aria-labelledby={`${sectionId(title)}-title`} className="scroll-mt-16 xl:scroll-mt-6">
      <div className="mb-3 flex items-end gap-x-4 gap-y-2 max-md:flex-col max-md:items-start">
        <div className="min-w-0 flex-1">
          <h2 id={`${sectionId(title)}-title`} className="font-semibold text-title">
            {title}
          </h2>
          <p className="text-muted">{hint}</p>
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
