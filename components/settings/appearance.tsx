"use client";
import { useSyncExternalStore } from "react";
import { type Density, readDensity, setDensity } from "@/components/layout/density";
import { themes, themeWords, useChosenTheme } from "@/components/layout/theme-switch";
import { onDensityChange } from "@/components/ui/row-height";
import { Choice } from "./choice";

const densities: readonly Density[] = ["compact", "comfortable"];
const densityWords: Record<Density, string> = { compact: "Compact", comfortable: "Comfortable" };

export function Appearance() {
  const [theme, setTheme] = useChosenTheme();
  const density = useSyncExternalStore<Density>(onDensityChange, readDensity, () => "compact");
  return (
    <div className="rounded-box border bg-panel">
      <Choice label="Theme" values={themes} words={themeWords} value={theme} onChange={setTheme} />
      <Choice label="Rows" values={densities} words={densityWords} value={density} onChange={setDensity} />
    </div>
  );
}
