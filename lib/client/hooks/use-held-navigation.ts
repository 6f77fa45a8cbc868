import { useEffect, useState } from "react";

/** What a proxy answers for a server that is away. */
const away: readonly number[] = [502, 503, 504];
const askAgainMs = 2_000;

/**
 * Keeps this document while something in front of the server answers for it. Next hands a page that it got no page for to the
 * browser, which would show the proxy's words in place of everything. The address is asked for first: if the server is away the
 * document stays (true), and goes there as soon as the server is back. Browsers without the Navigation API go at once.
 */
export function useHeldNavigation(): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (!("navigation" in window)) return;
    let target: string | null = null;
    let leaving = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goOn = async () => {
      const asked = target;
      if (asked === null) return;
      const status = await fetch(asked, { method: "HEAD", cache: "no-store" }).then(
        (response) => response.status,
        () => 502,
      );
      // Asked for another page meanwhile: that one is asked for on its own.
      if (asked !== target) return;
      if (away.includes(status)) {
        setHeld(true);
        timer = setTimeout(goOn, askAgainMs);
        return;
      }
      leaving = true;
      location.assign(asked);
    };
    const hold = (event: NavigateEvent) => {
      // A press on a plain link, a reload and the way back are the reader's own word to the browser.
      const isOurs = event.navigationType === "push" || event.navigationType === "replace";
      if (leaving || !event.cancelable || event.userInitiated || !isOurs || event.downloadRequest !== null) return;
      if (event.destination.sameDocument || new URL(event.destination.url).origin !== location.origin) return;
      event.preventDefault();
      target = event.destination.url;
      clearTimeout(timer);
      void goOn();
    };
    window.navigation.addEventListener("navigate", hold);
    return () => {
      target = null;
      clearTimeout(timer);
      window.navigation.removeEventListener("navigate", hold);
    };
  }, []);
  return held;
}
