import { type ComponentType, useEffect, useSyncExternalStore } from "react";
import { toast } from "./toast";

const longestWaitMs = 5_000;

/** What is loaded later: whether it is there, and what asks for it at once. */
type Late<T> = { readonly useLoaded: () => T | null; readonly load: () => Promise<void> };

/**
 * What is no part of what the page needs before it works. It is loaded as soon as the page is idle, so that it is there when it is wanted,
 * and at once by `load`. Where it cannot be loaded the page goes on without it; whoever asks next tries again, and so does the browser when
 * it is back on the network.
 */
export function late<T>(read: () => Promise<T>): Late<T> {
  let loaded: T | null = null;
  let loading: Promise<void> | null = null;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const load = () => {
    loading ??= read().then(
      (value) => {
        loaded = value;
        for (const listener of listeners) listener();
      },
      (cause: unknown) => {
        loading = null;
        addEventListener("online", quietly, { once: true });
        throw cause;
      },
    );
    return loading;
  };
  const quietly = () => void load().catch(() => {});
  if (typeof window !== "undefined") whenIdle(quietly);
  const useLoaded = () =>
    useSyncExternalStore(
      subscribe,
      () => loaded,
      () => null,
    );
  return { useLoaded, load };
}

/** The same of a component, loaded at once by whoever draws it; `Meanwhile` stands for it until then. (`React.lazy` keeps a failure for ever and takes the page down with it.) */
export function later<Props extends object>(
  read: () => Promise<ComponentType<Props>>,
  Meanwhile?: ComponentType<Props>,
): ComponentType<Props> {
  const { useLoaded, load } = late(read);
  return function Later(props: Props) {
    const Component = useLoaded() ?? Meanwhile;
    useEffect(() => {
      load().catch(() => toast({ text: "This part of the page could not be loaded. Try again or reload the page.", tone: "bad" }));
    }, []);
    return Component && <Component {...props} />;
  };
}

function whenIdle(action: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(action, { timeout: longestWaitMs });
  else setTimeout(action, longestWaitMs);
}
