import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False in what the server drew, until React listens to it. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

/**
 * A button that the server drew looks as it will but cannot be pressed yet: nothing would hear it, and the press would be lost
 * without a word. `data-waking` keeps the looks of a disabled one away from it.
 */
export function useAwake(disabled: boolean | undefined) {
  const awake = useInBrowser();
  return awake ? { disabled } : { disabled: true, ...(disabled ? {} : { "data-waking": "" }) };
}
