import { nodeSize } from "./lay-out-team";

type Point = { readonly x: number; readonly y: number };
export type EdgePath = { readonly d: string; readonly middle: Point };

const apart = 9;

/** A curve from one node to another; the way back runs beside it. `figuresAt` = how far along they would stand, 0..1; where a node lies
 *  there, they stand elsewhere on the way, between the rows. */
export function edgePath(from: Point, to: Point, { figuresAt, nodes }: { figuresAt: number; nodes: readonly Point[] }): EdgePath {
  if (from.y === to.y) return besidePath(from, to);
  const down = to.y > from.y;
  const shift = down ? -apart : apart;
  const start = { x: from.x + shift, y: from.y + (down ? 1 : -1) * (nodeSize.height / 2) };
  const end = { x: to.x + shift, y: to.y - (down ? 1 : -1) * (nodeSize.height / 2) };
  const bend = (end.y - start.y) / 2;
  return {
    d: `M${start.x} ${start.y}C${start.x} ${start.y + bend} ${end.x} ${end.y - bend} ${end.x} ${end.y}`,
    middle: freePoint((t) => pointAt(start, end, t), [figuresAt, ...elsewhere], nodes),
  };
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
function pointAt(start: Point, end: Point, t: number): Point {
  const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
  const half = (start.y + end.y) / 2;
  return { x: (a + b) * start.x + (c + d) * end.x, y: a * start.y + (b + c) * half + d * end.y };
}
