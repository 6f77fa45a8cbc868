"use client";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useState } from "react";
import { Link } from "@/components/ui/link";
import { BareButton } from "./bare-button";
import { IconButton } from "./icon-button";
import { endToast, type ShownToast } from "./toast";

const shownMs = 8_000;
const looks = {
  neutral: { icon: Info, tone: "text-muted" },
  good: { icon: CircleCheck, tone: "text-succeeded" },
  bad: { icon: CircleAlert, tone: "text-failed" },
};

type ToastsProps = { readonly toasts: readonly ShownToast[]; readonly place: RefObject<HTMLElement | null> };

/**
 * Where toasts stand: over the page, so that nothing moves; on a phone below its head, as what is pressed there, and what came of it, is
 * at the bottom. Always there, because what is put into a status that exists is read out.
 * The pointer or the focus holds them, Escape closes the newest.
 */
export function Toasts({ toasts, place }: ToastsProps) {
  const [held, setHeld] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const newest = toasts.findLast(({ isSeen }) => !isSeen);
    if (event.key !== "Escape" || !newest) return;
    event.stopPropagation();
    endToast(newest.id);
  };
  return (
    <section
      ref={place}
      aria-label="Messages"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="fixed right-4 bottom-4 z-50 w-[min(24rem,calc(100vw-2rem))] rounded-box max-md:top-14 max-md:bottom-auto"
    >
      <div role="status" className="flex flex-col gap-2">
        {toasts.map((one) => (
          <OneToast key={one.id} toast={one} held={held} />
        ))}
      </div>
    </section>
  );
}

function OneToast({ toast, held }: { readonly toast: ShownToast; readonly held: boolean }) {
  const { icon: Icon, tone } = looks[toast.tone ?? "neutral"];
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => endToast(toast.id), shownMs);
    return () => clearTimeout(timer);
  }, [held, toast.id]);
  if (toast.isSeen) return <p className="sr-only">{toast.text}</p>;
  return (
    <div className="flex animate-rise items-start gap-2 rounded-box border bg-overlay py-2 pr-1.5 pl-3 shadow-overlay">
      <Icon aria-hidden size={16} className={`mt-0.5 shrink-0 ${tone}`} />
      <p className="min-w-0 flex-1 break-words py-px">{toast.text}</p>
      {toast.href !== undefined && (
        <Link
          href={toast.href}
          onClick={() => endToast(toast.id)}
          className="shrink-0 py-px font-medium text-accent underline-offset-2 hover:underline"
        >
          Open
        </Link>
      )}
      {toast.onUndo && (
        <BareButton
          onClick={() => {
            toast.onUndo?.();
            endToast(toast.id);
          }}
          className="shrink-0 py-px font-medium text-accent underline-offset-2 hover:underline"
        >
          Undo
        </BareButton>
      )}
      <IconButton
        label="Close the message"
        small
        className="mt-px pointer-coarse:-my-2 pointer-coarse:size-10"
        onClick={() => endToast(toast.id)}
      >
        <X size={14} />
      </IconButton>
    </div>
  );
}
