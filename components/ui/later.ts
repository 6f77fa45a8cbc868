import { type ComponentType, type LazyExoticComponent, lazy } from "react";

const longestWaitMs = 5_000;

/**
 * A component whose script is no part of what the page needs before it works. It is loaded as soon as the page is idle, so that it is
 * there when it is opened, and at once by whoever draws it earlier.
 */
export function later<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  let loading: Promise<{ default: ComponentType<Props> }> | null = null;
  const once = () => {
    loading ??= load().then(
      (component) => ({ default: component }),
      (cause: unknown) => {
        // Who opens it tries again.
        loading = null;
        throw cause;
      },
    );
    return loading;
  };
  if (typeof window !== "undefined") whenIdle(() => void once().catch(() => {}));
  return lazy(once);
}

function whenIdle(action: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(action, { timeout: longestWaitMs });
  else setTimeout(action, longestWaitMs);
}
