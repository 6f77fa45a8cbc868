import { useEffect } from "react";

const pressed = "a, button, input, select, summary";

/**
 * Keys that are not meant for what they would reach. Enter that is held down presses once: browsers press a button, follow a link and send a
 * form again with each repeat of the key, before anybody could see what the first press did; a dialog that it opened got the next ones. And
 * Escape that takes back what an input method composes is the input method's: it closed the form, with all that was written in it.
 */
export function useGuardedKeys(): void {
  useEffect(() => {
    const guard = (event: KeyboardEvent) => {
      if (event.repeat && event.key === "Enter" && event.target instanceof Element && event.target.closest(pressed)) event.preventDefault();
      if (event.isComposing && event.key === "Escape") event.stopPropagation();
    };
    addEventListener("keydown", guard, true);
    return () => removeEventListener("keydown", guard, true);
  }, []);
}
