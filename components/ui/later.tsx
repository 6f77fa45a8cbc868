import { type ComponentType, useEffect, useSyncExternalStore } from "react";
import { toast } from "./toast";

const longestWaitMs = 5_000;

/**
 * A component whose script is no part of what the page needs before it works. It is loaded as soon as the page is idle, so that it is
 * there when it is opened, and at once by whoever draws it earlier. Where it cannot be loaded the page goes on without it and says so;
 * whoever opens it next tries again, and so does the browser when it is back on the network. (`React.lazy` keeps a failure for ever and
 * takes the page down with it.)
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const once = () => {
    loading ??= load().then(
      (component) => {
        loaded = component;
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
  const quietly = () => void once().catch(() => {});
  if (typeof window !== "undefined") whenIdle(quietly);
  return function Later(props: Props) {
    const Component = useSyncExternalStore(
      subscribe,
      () => loaded,
      () => null,
    );
    useEffect(() => {
      once().catch(() => toast({ text: "This part of the page could not be loaded. Try again, or reload the page.", tone: "bad" }));
    }, []);
    return Component && <Component {...props} />;
  };
}

function whenIdle(action: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(action, { timeout: longestWaitMs });
  else setTimeout(action, longestWaitMs);
}
