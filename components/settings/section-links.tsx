"use client";
import { type RefObject, useEffect, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { moveIntoSight } from "@/components/ui/move-into-sight";
import { onNextAct } from "@/components/ui/on-next-act";
import { sectionId } from "./section";

type SectionLinksProps = {
  readonly titles: readonly string[];
  /** What scrolls. */
  readonly within: RefObject<HTMLElement | null>;
};

/** Links to the subjects of a long page; the one that is being read is marked. Beside the page where there is room, else above it. */
export function SectionLinks({ titles, within }: SectionLinksProps) {
  const current = useSectionInSight(titles, within);
  useTargetInPlace(within);
  const links = useRef<HTMLElement>(null);
  useEffect(() => {
    const marked = current === undefined ? null : links.current?.querySelector("[aria-current]");
    if (links.current && marked) moveIntoSight(links.current, marked);
  }, [current]);
  return (
    <nav
      ref={links}
      aria-label="On this page"
      className={classNames(
        "scroll-quiet sticky top-0 z-10 flex gap-1 overflow-x-auto border-b bg-ground px-3 py-1",
        "xl:w-40 xl:shrink-0 xl:flex-col xl:self-start xl:border-b-0 xl:px-0 xl:pt-8",
      )}
    >
      {titles.map((title) => (
        <a
          key={title}
          href={`#${sectionId(title)}`}
          aria-current={title === current ? "location" : undefined}
          className={classNames(
            "flex h-7 shrink-0 items-center rounded-row px-2 outline-offset-[-2px] pointer-coarse:h-10",
            title === current ? "bg-selected font-medium text-ink" : "text-muted hover:bg-hover hover:text-ink",
          )}
        >
          {title}
        </a>
      ))}
    </nav>
  );
}

/** A subject counts as read once its heading came near the top. */
const readLinePx = 140;

/**
 * The subject that the address names stays at the top while others are still being read: the browser goes there once, when
 * the page is short, and what arrives above would carry it away. The reader's first act ends it.
 */
function useTargetInPlace(within: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const target = document.getElementById(window.location.hash.slice(1));
    if (!target?.parentElement || !within.current?.contains(target)) return;
    const observer = new ResizeObserver(() => target.scrollIntoView());
    observer.observe(target.parentElement);
    const unhear = onNextAct(() => observer.disconnect());
    return () => {
      observer.disconnect();
      unhear();
    };
  }, [within]);
}

function useSectionInSight(titles: readonly string[], within: RefObject<HTMLElement | null>): string | undefined {
  const [current, setCurrent] = useState(titles[0]);
  useEffect(() => {
    const scroller = within.current;
    if (!scroller) return;
    // Where the page ends nothing can be brought to the top: a subject that the address names counts as read while it is in sight.
    const named = () => {
      const title = titles.find((each) => `#${sectionId(each)}` === window.location.hash);
      const box = title === undefined ? undefined : document.getElementById(sectionId(title))?.getBoundingClientRect();
      const sight = scroller.getBoundingClientRect();
      return box !== undefined && box.top >= sight.top - 2 && box.top < sight.bottom ? title : undefined;
    };
    const look = () => {
      const line = scroller.getBoundingClientRect().top + readLinePx;
      const isAtEnd = scroller.scrollTop > 0 && scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2;
      const passed = titles.filter((title) => (document.getElementById(sectionId(title))?.getBoundingClientRect().top ?? Infinity) <= line);
      setCurrent((isAtEnd ? (named() ?? titles.at(-1)) : passed.at(-1)) ?? titles[0]);
    };
    look();
    scroller.addEventListener("scroll", look, { passive: true });
    window.addEventListener("hashchange", look);
    return () => {
      scroller.removeEventListener("scroll", look);
      window.removeEventListener("hashchange", look);
    };
  }, [titles, within]);
  return current;
}
