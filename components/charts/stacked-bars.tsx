"use client";
import { useId } from "react";
import { Bar, BarChart, CartesianGrid, ReferenceLine, ResponsiveContainer, Tooltip, usePlotArea, XAxis, YAxis } from "recharts";

export type Stack = { readonly id: string; readonly label: string; readonly color: number; readonly hatched: boolean };
export type StackedBar = { readonly atMs: number; readonly values: readonly number[] };

export type StackedBarsProps = {
  readonly stacks: readonly Stack[];
  readonly bars: readonly StackedBar[];
  readonly tick: (atMs: number) => string;
  readonly amount: (value: number) => string;
  /** What is said of the bar under the pointer or the arrow keys. */
  readonly describe: (index: number) => React.ReactNode;
  readonly onBar?: (index: number) => void;
};

const axis = { fontSize: 12, fill: "var(--faint)" } as const;

/** Bars over time, each made of stacks. Draws what it is given and decides nothing. Loaded on its own: the library is large. */
export function StackedBars({ stacks, bars, tick, amount, describe, onBar }: StackedBarsProps) {
  const hatch = useId();
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={bars as StackedBar[]}
        stackOffset="sign"
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        barCategoryGap={bars.length > 120 ? 0 : "18%"}
      >
        <defs>
          {stacks
            .filter((stack) => stack.hatched)
            .map(({ id, color }) => (
              <pattern key={id} id={`${hatch}${id}`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width="5" height="5" fill={`var(--series-${color})`} opacity="0.28" />
                <rect width="2" height="5" fill={`var(--series-${color})`} />
              </pattern>
            ))}
        </defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="atMs" tickFormatter={tick} tick={axis} stroke="var(--line)" tickLine={false} minTickGap={28} />
        <YAxis tickFormatter={amount} tick={axis} axisLine={false} tickLine={false} width={68} />
        <ReferenceLine y={0} stroke="var(--line-strong)" />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--hover)" }}
          content={({ active, activeIndex }) => (active && activeIndex != null ? describe(Number(activeIndex)) : null)}
        />
        {stacks.map((stack, index) => (
          <Bar
            key={stack.id}
            name={stack.label}
            stackId="all"
            dataKey={(bar: StackedBar) => bar.values[index]}
            fill={stack.hatched ? `url(#${hatch}${stack.id})` : `var(--series-${stack.color})`}
            isAnimationActive={false}
            maxBarSize={48}
          />
        ))}
        {onBar && <Presses count={bars.length} onPress={onBar} />}
      </BarChart>
    </ResponsiveContainer>
  );
}

/** Over the bars, all of their height: which one is pressed follows from the place alone, whether or not a pointer was there before. */
function Presses({ count, onPress }: { readonly count: number; readonly onPress: (index: number) => void }) {
  const area = usePlotArea();
  if (!area) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the table in the chart's place has a button for each bar
    <rect
      {...area}
      fill="transparent"
      onClick={({ clientX, currentTarget }) => {
        const { left, width } = currentTarget.getBoundingClientRect();
        const index = Math.floor(((clientX - left) / width) * count);
        if (index >= 0 && index < count) onPress(index);
      }}
    />
  );
}
