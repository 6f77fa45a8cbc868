"use client";
import { Sheet } from "@/components/ui/dialog";
import { Keys } from "@/components/ui/kbd";
import { useShortcutGroups } from "@/lib/client/hooks/use-shortcuts";

/** What works on every page stands after what only this one has. */
const shared = ["Everywhere", "Messages"];

/** Every key that works on this page right now. */
export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const groups = useShortcutGroups().toSorted((a, b) => shared.indexOf(a.title) - shared.indexOf(b.title));
  return (
    <Sheet open onOpenChange={onClose} title="Keyboard shortcuts" description="Single keys do nothing while you type in a field.">
      {groups.map(({ title, shortcuts }) => (
        <section key={title} className="mb-5">
          <h3 className="mb-1 text-faint text-meta">{title}</h3>
          <ul>
            {shortcuts.map(({ keys, label }) => (
              <li key={keys} className="flex h-8 items-center justify-between border-b last:border-b-0">
                {label}
                <Keys keys={keys} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Sheet>
  );
}
