"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { IconButton } from "@/components/ui/icon-button";
import { useInBrowser } from "@/components/ui/use-in-browser";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export const themeWords: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

const icons = { system: Monitor, light: Sun, dark: Moon };

/** The chosen theme; `system` until the browser could be asked. */
export function useChosenTheme(): readonly [Theme, (theme: Theme) => void] {
  const { theme, setTheme } = useTheme();
  const inBrowser = useInBrowser();
  const chosen = themes.find((each) => each === theme);
  return [(inBrowser && chosen) || "system", setTheme];
}

/** Goes round: system, light, dark. */
export function ThemeSwitch() {
  const [theme, setTheme] = useChosenTheme();
  const Icon = icons[theme];
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <IconButton label={`Theme: ${themeWords[theme].toLowerCase()}`} onClick={() => setTheme(next)}>
      <Icon size={16} strokeWidth={1.75} />
    </IconButton>
  );
}
