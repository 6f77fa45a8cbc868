"use client";
import { createContext, useContext } from "react";

type Shell = {
  readonly openPalette: () => void;
  readonly openShortcuts: () => void;
  readonly openProjects: () => void;
  /** Puts the address of this very view on the clipboard and says so. */
  readonly copyLink: () => void;
};

export const ShellContext = createContext<Shell>({
  openPalette: () => {},
  openShortcuts: () => {},
  openProjects: () => {},
  copyLink: () => {},
});

/** Opens what the shell holds for all pages. */
export function useShell(): Shell {
  return useContext(ShellContext);
}
