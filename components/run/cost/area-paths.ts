import type { CostTrail } from "./prepare-trail";

/** The outline of each series as an area on those before it. Between two points nothing is known, so it goes in steps. */
export function areaPaths({ series, points, top }: CostTrail, box: { readonly width: number; readonly height: number }): readonly string[] {
  const firstMs = points[0]?.atMs ?? 0;
  const lengthMs = (points.at(-1)?.atMs ?? firstMs) - firstMs;
  const xOf = (atMs: number) => round(lengthMs === 0 ? box.width : ((atMs - firstMs) / lengthMs) * box.width);
  const yOf = (value: number) => round(box.height * (1 - (top === 0 ? 0 : value / top)));
  return series.map((_, index) => {
    const upTo = (values: readonly number[], count: number) => values.slice(0, count).reduce((sum, value) => sum + value, 0);
    let over = `M0 ${yOf(upTo(points[0]?.values ?? [], index + 1))}`;
    let under = "";
    for (const { atMs, values } of points) over += `H${xOf(atMs)}V${yOf(upTo(values, index + 1))}`;
    for (let at = points.length - 1; at >= 0; at -= 1) {
      const point = points[at];
      if (!point) continue;
      under += `V${yOf(upTo(point.values, index))}H${xOf(point.atMs)}`;
    }
    return `${over}H${box.width}${under}H0Z`;
  });
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
