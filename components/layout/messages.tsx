"use client";
import { useRef, useSyncExternalStore } from "react";
import { onToasts, type ShownToast, shownToasts } from "@/components/ui/toast";
import { Toasts } from "@/components/ui/toasts";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import { SecondKeys } from "./second-keys";
import { useGuardedKeys } from "./use-guarded-keys";

const none: readonly ShownToast[] = [];

/**
 * What the shell says by itself: results of what was done, alerts wherever one is, and which keys go on from the one that was pressed; and
 * what it does not hear: keys that are not meant for it.
 */
export function Messages() {
  const place = useRef<HTMLElement>(null);
  const toasts = useSyncExternalStore(onToasts, shownToasts, () => none);
  useGuardedKeys();
  useShortcuts("Messages", [{ keys: "F6", label: "Focus messages", run: () => place.current?.focus() }]);
  return (
    <>
      <Toasts toasts={toasts} place={place} />
      <SecondKeys />
    </>
  );
}
