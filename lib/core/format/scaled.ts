/** As displayed: whole in the smallest unit and from 100 up, otherwise with one decimal. */
function rounded(value: number, unit: number): number {
  return unit === 0 || value >= 99.95 ? Math.round(value) : Math.round(value * 10) / 10;
}

/** A count in the largest unit that keeps it at one or more as displayed: 999,950 is 1 M, not 1000 k. */
export function scaled<Unit extends string>(count: number, step: number, units: readonly [Unit, ...Unit[]]): { value: string; unit: Unit } {
  let value = count;
  let unit = 0;
  while (unit < units.length - 1 && rounded(value, unit) >= step) {
    value /= step;
    unit += 1;
  }
  return { value: String(rounded(value, unit)), unit: units[unit] ?? units[0] };
}
