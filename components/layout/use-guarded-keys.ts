import { useEffect } from "react";

const pressed = "a, button, input, select, summary";

/**
 * Enter that is held down presses once. Browsers press a button, follow a link and send a form again with each repeat of the key, before
 * anybody could see what the first press did; a dialog that it opened got the next ones.
 */
export function useHeldEnter(): void {
  useEffect(() => {
    const hold = (event: KeyboardEvent) => {
      if (event.repeat && event.key === "Enter" && event.target instanceof Element && event.target.closest(pressed)) event.preventDefault();
    };
    addEventListener("keydown", hold, true);
    return () => removeEventListener("keydown", hold, true);
  }, []);
}
