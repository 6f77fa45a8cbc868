import { useEffect, useState } from "react";

/** The value once it has stood for `ms`, so that what is asked for is what was typed and not each of its letters. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
