"use client";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useCallback, useContext, useLayoutEffect, useTransition } from "react";

type Go = (href: string) => void;

const GoContext = createContext<Go>(() => {});

/** Opens one of our pages. */
export function useGo(): Go {
  return useContext(GoContext);
}

/**
 * Says of a page that is on its way that it is, where it takes its time, and keeps it from being called off by what the page that is left
 * still writes into its address.
 */
export function GoProvider({ children }: { readonly children: ReactNode }) {
  const router = useRouter();
  const [isGoing, startGoing] = useTransition();
  const go = useCallback((href: string) => startGoing(() => router.push(href)), [router]);
  useLayoutEffect(() => (isGoing ? passRouter() : undefined), [isGoing]);
  return (
    <GoContext value={go}>
      {isGoing && (
        <span aria-hidden data-going className="pointer-events-none fixed inset-x-0 top-0 z-50 h-0.5 animate-late">
          <span className="block size-full animate-pulse-soft bg-accent" />
        </span>
      )}
      {children}
    </GoContext>
  );
}

const methods = ["pushState", "replaceState"] as const;

/**
 * The router takes a new address that is not its own for a way back and drops the page that it was about to show: Enter right behind `j`,
 * whose choice follows into the address a moment later, opened nothing. Until the end of the way such an address is the history's alone.
 */
function passRouter(): () => void {
  const ends = methods.map((method) => {
    const routed = history[method];
    history[method] = (data, unused, url) => {
      if (data?.__NA) routed.call(history, data, unused, url);
      else History.prototype[method].call(history, history.state, unused, url);
    };
    return () => {
      history[method] = routed;
    };
  });
  return () => {
    for (const end of ends) end();
  };
}
