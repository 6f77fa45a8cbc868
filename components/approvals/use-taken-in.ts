"use client";
import { useEffect, useState } from "react";

/** A second press of the last one's button, or a key held down, is over by then. */
const takenInMs = 700;

/** True for a moment where a request has taken the place of another: its buttons stand where those of that one were pressed. */
export function useTakenIn(isNext: boolean): boolean {
  const [asleep, setAsleep] = useState(isNext);
  useEffect(() => {
    const timer = setTimeout(setAsleep, takenInMs, false);
    return () => clearTimeout(timer);
  }, []);
  return asleep;
}
