import { columnPx, nodeSize } from "./lay-out-team";

type Point = { readonly x: number; readonly y: number };
export type EdgePath = { readonly d: string; readonly middle: Point };

const apart = 9;

/** A curve from one node to another, around the nodes between them; the way back runs beside it. `figuresAt` = how far along they would
 *  stand, 0..1; where a node lies there, they stand elsewhere on the way, between the rows. */
export function edgePath(from: Point, to: Point, { figuresAt, nodes }: { figuresAt: number; nodes: readonly Point[] }): EdgePath {
  if (from.y === to.y) return besidePath(from, to);
  const down = to.y > from.y;
  const shift = down ? -apart : apart;
  const start = { x: from.x + shift, y: from.y + (down ? 1 : -1) * (nodeSize.height / 2) };
  const end = { x: to.x + shift, y: to.y - (down ? 1 : -1) * (nodeSize.height / 2) };
  const curves = curvesBetween(start, end, nodes);
  return {
    d: `M${start.x} ${start.y}${curves.map(drawn).join("")}`,
    middle: freePoint((share) => pointAlong(curves, share), [figuresAt, ...elsewhere], nodes),
  };
}

type Curve = { readonly start: Point; readonly end: Point };

/** One curve where nothing lies in its way; else one from row to row, and straight through the gap in each. */
function curvesBetween(start: Point, end: Point, nodes: readonly Point[]): readonly Curve[] {
  const direct = { start, end };
  if (samples.every((share) => isClear(pointAt(direct, share), nodes))) return [direct];
  const ahead = Math.sign(end.y - start.y);
  const rows = [...new Set(nodes.map(({ y }) => y))].filter((y) => (y - start.y) * ahead > 0 && (end.y - y) * ahead > 0);
  const curves: Curve[] = [];
  let at = start;
  for (const y of rows.sort((a, b) => (a - b) * ahead)) {
    const wanted = start.x + ((end.x - start.x) * (y - start.y)) / (end.y - start.y);
    const x = freeLane({ x: wanted, y }, { nodes, aside: -ahead * laneApart });
    curves.push({ start: at, end: { x, y: y - (ahead * nodeSize.height) / 2 } });
    at = { x, y: y + (ahead * nodeSize.height) / 2 };
  }
  return [...curves, { start: at, end }];
}

const samples = Array.from({ length: 31 }, (_, index) => (index + 1) / 32);
/** Ways there and back share a gap, this far from its middle. */
const laneApart = 3;

function isClear(point: Point, nodes: readonly Point[]): boolean {
  return nodes.every(({ x, y }) => Math.abs(x - point.x) > nodeSize.width / 2 || Math.abs(y - point.y) >= nodeSize.height / 2);
}

/** The wanted place in a row, or the nearest gap beside a node of it. */
function freeLane(wanted: Point, { nodes, aside }: { nodes: readonly Point[]; aside: number }): number {
  const row = nodes.filter(({ y }) => y === wanted.y);
  if (isClear(wanted, row)) return wanted.x;
  const gaps = row.flatMap(({ x }) => [x - columnPx / 2, x + columnPx / 2]);
  return gaps.reduce((best, x) => (Math.abs(x - wanted.x) < Math.abs(best - wanted.x) ? x : best), Infinity) + aside;
}

function drawn({ start, end }: Curve, index: number): string {
  const half = (start.y + end.y) / 2;
  return `${index === 0 ? "" : `L${start.x} ${start.y}`}C${start.x} ${half} ${end.x} ${half} ${end.x} ${end.y}`;
}

function pointAlong(curves: readonly Curve[], share: number): Point {
  const index = Math.min(curves.length - 1, Math.floor(share * curves.length));
  return pointAt(curves[index] as Curve, share * curves.length - index);
}

const elsewhere = [0.5, 0.72, 0.28, 0.86, 0.14, 0.93, 0.07];
/** About half of what the figures take. */
const figuresHalf = { width: 30, height: 9 } as const;

function freePoint(at: (t: number) => Point, places: readonly number[], nodes: readonly Point[]): Point {
  const isFree = (point: Point) =>
    nodes.every(
      ({ x, y }) =>
        Math.abs(x - point.x) >= nodeSize.width / 2 + figuresHalf.width ||
        Math.abs(y - point.y) >= nodeSize.height / 2 + figuresHalf.height,
    );
  const points = places.map(at);
  return points.find(isFree) ?? (points[0] as Point);
}

/** Between two nodes of one row: above going right, below going left. */
function besidePath(from: Point, to: Point): EdgePath {
  const right = to.x > from.x;
  const side = right ? -1 : 1;
  const y = from.y + side * (nodeSize.height / 2);
  const [x1, x2] = right ? [from.x + 30, to.x - 30] : [from.x - 30, to.x + 30];
  const bend = 24;
  return {
    d: `M${x1} ${y}C${x1} ${y + side * bend} ${x2} ${y + side * bend} ${x2} ${y}`,
    middle: { x: (x1 + x2) / 2, y: y + side * bend * 0.75 },
  };
}

/** A point of the curve, whose two bends lie halfway between its ends. */
function pointAt({ start, end }: Curve, t: number): Point {
  const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
  const half = (start.y + end.y) / 2;
  return { x: (a + b) * start.x + (c + d) * end.x, y: a * start.y + (b + c) * half + d * end.y };
}
