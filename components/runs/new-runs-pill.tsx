"use client";
import { ArrowUp } from "lucide-react";
import { BareButton } from "@/components/ui/bare-button";
import { classNames } from "@/components/ui/class-names";
import { useAtMostEvery } from "@/lib/client/hooks/use-at-most-every";

/** A busy floor does not talk without end. */
const announceMs = 5_000;

/** What came since stands here until it is let in: it never pushes what is being read. */
export function NewRunsPill({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  const announced = useAtMostEvery(count, announceMs, true);
  const word = (n: number) => (n === 1 ? "1 new run" : `${n.toLocaleString("en")} new runs`);
  return (
    <>
      <span role="status" className="sr-only">
        {announced > 0 ? word(announced) : ""}
      </span>
      {count > 0 && (
        <BareButton
          onClick={onShow}
          className={classNames(
            "figures flex h-7 animate-appear items-center gap-1.5 rounded-full bg-accent px-3 font-medium text-on-solid hover:opacity-90",
            "max-md:fixed max-md:bottom-20 max-md:left-1/2 max-md:z-30 max-md:h-10 max-md:-translate-x-1/2 max-md:shadow-overlay",
          )}
        >
          <ArrowUp aria-hidden size={14} />
          {word(count)}
        </BareButton>
      )}
    </>
  );
}
