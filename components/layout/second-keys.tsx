import { useEffect, useState } from "react";
import { Keys } from "@/components/ui/kbd";
import { useFirstKey, useShortcutGroups } from "@/lib/client/hooks/use-shortcuts";

/** Who knows both keys has pressed the second by now, and sees nothing. */
const knownMs = 500;

/** After the first key of two: which second ones there are. Escape takes the first key back. */
export function SecondKeys() {
  const first = useFirstKey();
  const groups = useShortcutGroups();
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (first === null) return;
    const timer = setTimeout(setShown, knownMs, first);
    return () => {
      clearTimeout(timer);
      setShown(null);
    };
  }, [first]);
  const seconds = shown === null ? [] : groups.flatMap(({ shortcuts }) => shortcuts.filter(({ keys }) => keys.startsWith(`${shown} `)));
  return (
    <div role="status" aria-label="Next key" className="pointer-events-none fixed inset-x-4 bottom-4 z-50 mx-auto w-fit max-md:bottom-20">
      {shown !== null && (
        <div className="animate-rise rounded-box border bg-overlay px-3 py-2 shadow-overlay">
          <p className="mb-1.5 flex items-center gap-1.5 text-faint text-meta">
            <Keys keys={shown} /> then
          </p>
          <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
            {seconds.map(({ keys, label }) => (
              <li key={keys} className="flex items-center gap-2">
                <Keys keys={keys.slice(shown.length + 1)} />
                {label}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
