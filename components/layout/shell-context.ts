"use client";
import { createContext, useContext } from "react";

type Shell = { readonly openPalette: () => void; readonly openShortcuts: () => void };

export const ShellContext = createContext<Shell>({ openPalette: () => {}, openShortcuts: () => {} });

/** Opens what the shell holds for all pages. */
export function useShell(): Shell {
  return useContext(ShellContext);
}
