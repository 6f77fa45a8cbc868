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
 * The pointer or the focus holds them as they are, and what is said meanwhile waits: it would push what is about to be pressed from under
 * the hand. Escape closes the newest.
 */
export function Toasts({ toasts, place }: ToastsProps) {
  const [held, setHeld] = useState<readonly ShownToast[]>([]);
  const isHeld = held.length > 0;
  const boxes = isHeld ? held : toasts.filter(({ isSeen }) => !isSeen);
  const hold = () => setHeld(boxes);
  const letGo = () => setHeld([]);
  const end = (id: number) => {
    setHeld((known) => known.filter((one) => one.id !== id));
    endToast(id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const newest = boxes.at(-1);
    if (event.key !== "Escape" || !newest) return;
    event.stopPropagation();
    end(newest.id);
  };
  return (
    <section
      ref={place}
      aria-label="Messages"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onPointerEnter={hold}
      onPointerLeave={letGo}
      onFocus={hold}
      onBlur={letGo}
      className="fixed right-4 bottom-4 z-50 w-[min(24rem,calc(100vw-2rem))] rounded-box max-md:top-14 max-md:bottom-auto"
    >
      <div role="status" className="flex flex-col gap-2">
        {toasts.map(({ id, text, isSeen }) => isSeen && <SeenToast key={id} id={id} text={text} />)}
        {boxes.map((one) => (
          <OneToast key={one.id} toast={one} held={isHeld} onEnd={end} />
        ))}
      </div>
    </section>
  );
}

function useEnd(id: number, held: boolean): void {
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(endToast, shownMs, id);
    return () => clearTimeout(timer);
  }, [held, id]);
}

function SeenToast({ id, text }: { readonly id: number; readonly text: string }) {
  useEnd(id, false);
  return <p className="sr-only">{text}</p>;
}

type OneToastProps = { readonly toast: ShownToast; readonly held: boolean; readonly onEnd: (id: number) => void };

function OneToast({ toast, held, onEnd }: OneToastProps) {
  const { icon: Icon, tone } = looks[toast.tone ?? "neutral"];
  useEnd(toast.id, held);
  return (
    <div className="flex animate-rise items-start gap-2 rounded-box border bg-overlay py-2 pr-1.5 pl-3 shadow-overlay">
      <Icon aria-hidden size={16} className={`mt-0.5 shrink-0 ${tone}`} />
      <p className="my-px line-clamp-6 min-w-0 flex-1 break-words">{toast.text}</p>
      {toast.href !== undefined && (
        <Link
          href={toast.href}
          onClick={() => onEnd(toast.id)}
          className="shrink-0 py-px font-medium text-accent underline-offset-2 hover:underline"
        >
          Open
        </Link>
      )}
      {toast.onUndo && (
        <BareButton
          onClick={() => {
            toast.onUndo?.();
            onEnd(toast.id);
          }}
          className="shrink-0 py-px font-medium text-accent underline-offset-2 hover:underline"
        >
          Undo
        </BareButton>
      )}
      <IconButton label="Close message" small className="mt-px pointer-coarse:-my-2 pointer-coarse:size-10" onClick={() => onEnd(toast.id)}>
        <X size={14} />
      </IconButton>
    </div>
  );
}
