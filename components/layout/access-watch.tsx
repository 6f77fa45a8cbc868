"use client";
import { useAccessChanges } from "@/lib/client/hooks/use-access-changes";

/** Sees to it that the page hears of another role, and of the end of its session. */
export function AccessWatch() {
  useAccessChanges();
  return null;
}
