"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** The address at which this browser reaches the server. */
export function useOrigin(): string {
  return useSyncExternalStore(
    never,
    () => location.origin,
    () => "http://127.0.0.1:3000",
  );
}
