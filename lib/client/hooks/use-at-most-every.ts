import { useEffect, useRef, useState } from "react";

/** The value as it was at most `ms` ago, so that what is dear to make of it is made seldom. At once while `enabled` is false. */
export function useAtMostEvery<T>(value: T, ms: number, enabled: boolean): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  useEffect(() => {
    if (!enabled) return;
    setShown(latest.current);
    const timer = setInterval(() => setShown(latest.current), ms);
    return () => clearInterval(timer);
  }, [ms, enabled]);
  return enabled ? shown : value;
}
