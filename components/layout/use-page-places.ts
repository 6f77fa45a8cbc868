import { useEffect, useLayoutEffect, useRef } from "react";
import { onNextAct } from "@/components/ui/on-next-act";

/** What arrives later than this is put under the eyes of somebody who reads. */
const longestMs = 5_000;

/**
 * The way back leads to the place that was left: what scrolls and names itself with `data-place` stands where it stood. Browsers do that for
 * the window alone, which never scrolls here.
 */
export function usePagePlaces(path: string): void {
  const places = useRef(new Map<string, number>());
  const shownPath = useRef(path);
  const backTo = useRef<string | null>(null);
  const end = useRef(() => {});
  useEffect(() => {
    const note = (target: EventTarget | null) => {
      if (target instanceof HTMLElement && target.dataset.place !== undefined)
        places.current.set(`${shownPath.current} ${target.dataset.place}`, target.scrollTop);
    };
    // A page that came drawn was perhaps scrolled before its scripts were there.
    for (const part of document.querySelectorAll("#page [data-place]")) note(part);
    const onScroll = ({ target }: Event) => note(target);
    // The router hears of the way back first, and may have drawn the page by now.
    const goBack = () => {
      end.current();
      if (shownPath.current === location.pathname) end.current = restore(shownPath.current, new Map(places.current));
      else backTo.current = location.pathname;
    };
    document.addEventListener("scroll", onScroll, { capture: true, passive: true });
    addEventListener("popstate", goBack);
    return () => {
      document.removeEventListener("scroll", onScroll, { capture: true });
      removeEventListener("popstate", goBack);
    };
  }, []);
  useLayoutEffect(() => {
    const isBack = backTo.current === path;
    backTo.current = null;
    shownPath.current = path;
    if (isBack) end.current = restore(path, new Map(places.current));
    return () => end.current();
  }, [path]);
}

/** Also what arrives a moment later, or is drawn anew by then, gets its place, until the reader's first act. */
function restore(path: string, places: ReadonlyMap<string, number>): () => void {
  // What the address names is brought into sight by itself.
  if (location.hash !== "") return () => {};
  const placed = new WeakSet<HTMLElement>();
  const put = () => {
    for (const part of document.querySelectorAll<HTMLElement>("#page [data-place]")) {
      const top = places.get(`${path} ${part.dataset.place}`);
      if (top === undefined || placed.has(part)) continue;
      part.scrollTop = top;
      if (part.scrollTop >= top - 1) placed.add(part);
    }
  };
  const observer = new MutationObserver(put);
  observer.observe(document.body, { childList: true, subtree: true });
  const end = () => {
    clearTimeout(timer);
    observer.disconnect();
    unhear();
  };
  const timer = setTimeout(end, longestMs);
  const unhear = onNextAct(end);
  put();
  return end;
}
