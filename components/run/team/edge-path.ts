import { columnPx, nodeSize } from "./lay-out-team";

type Point = { readonly x: number; readonly y: number };
/** Figures: where their middle is, and half of what they take. */
type Figures = Point & { readonly halfWidth: number };
/** `isAlone` = the figures lie on no others. */
export type EdgePath = { readonly d: string; readonly middle: Point; readonly isAlone: boolean };

/** An edge as it is to be drawn. */
export type DrawnEdge = {
  readonly from: string;
  readonly to: string;
  /** Its figures; null = it has none. */
  readonly text: string | null;
  readonly figuresAt: number;
};

type Places = {
  readonly places: { readonly [id: string]: Point };
  /** Those that edges and figures go around. */
  readonly nodes: readonly Point[];
};

type Placing = {
  /** How far along the edge the figures would stand, 0..1. */
  readonly figuresAt: number;
  readonly nodes: readonly Point[];
  readonly halfWidth?: number;
  /** The figures of other edges. */
  readonly taken?: readonly Figures[];
};

const apart = 9;
/** Of a digit among the figures, and of their frame. */
const charPx = 6.5;
const framePx = 12;

/** Edges with their figures, those of one beside those of another as long as there is room: the shortest have the fewest places. */
export function placeFigures<T extends DrawnEdge>(edges: readonly T[], { places, nodes }: Places): readonly (T & EdgePath)[] {
  const taken: Figures[] = [];
  const drawn = edges.flatMap((edge) => {
    const [from, to] = [places[edge.from], places[edge.to]];
    return from && to ? [{ edge, from, to, px: Math.hypot(to.x - from.x, to.y - from.y) }] : [];
  });
  const paths = new Map<T, EdgePath>();
  for (const { edge, from, to } of drawn.toSorted((a, b) => a.px - b.px)) {
    const halfWidth = ((edge.text?.length ?? 0) * charPx + framePx) / 2;
    const path = edgePath(from, to, { figuresAt: edge.figuresAt, nodes, halfWidth, taken: edge.text === null ? [] : taken });
    if (edge.text !== null && path.isAlone) taken.push({ ...path.middle, halfWidth });
    paths.set(edge, path);
  }
  return edges.flatMap((edge) => {
    const path = paths.get(edge);
    return path ? [{ ...edge, ...path }] : [];
  });
}

/** A curve from one node to another, around the nodes between them; the way back runs beside it. Where a node or other figures lie in
 *  their place, the figures stand elsewhere on the way, between the rows. */
export function edgePath(from: Point, to: Point, placing: Placing): EdgePath {
  const { figuresAt, nodes } = placing;
  if (from.y === to.y) return besidePath(from, to, placing);
  const down = to.y > from.y;
  const shift = down ? -apart : apart;
  const start = { x: from.x + shift, y: from.y + (down ? 1 : -1) * (nodeSize.height / 2) };
  const end = { x: to.x + shift, y: to.y - (down ? 1 : -1) * (nodeSize.height / 2) };
  const curves = curvesBetween(start, end, nodes);
  return {
    d: `M${start.x} ${start.y}${curves.map(drawn).join("")}`,
    ...freePlace(
      [figuresAt, ...elsewhere].map((share) => pointAlong(curves, share)),
      placing,
    ),
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

/** From the middle outwards, to both sides in turn. */
const outwards = (step: number, most: number) =>
  Array.from({ length: most }, (_, n) => 0.5 + (n % 2 === 0 ? 1 : -1) * Math.ceil(n / 2) * step);
const elsewhere = [0.5, 0.72, 0.28, 0.86, 0.14, 0.93, 0.07, ...outwards(0.03, 28)];
/** About half of what the figures take. */
const figuresHalf = { width: 30, height: 9 } as const;

/** The first place on which nothing lies; else the first that is not on a node. */
function freePlace(points: readonly Point[], { nodes, halfWidth = figuresHalf.width, taken = [] }: Placing) {
  const isOffNodes = (point: Point) =>
    nodes.every(
      ({ x, y }) =>
        Math.abs(x - point.x) >= nodeSize.width / 2 + halfWidth || Math.abs(y - point.y) >= nodeSize.height / 2 + figuresHalf.height,
    );
  const isAlone = (point: Point) =>
    taken.every(
      (other) => Math.abs(other.x - point.x) >= other.halfWidth + halfWidth || Math.abs(other.y - point.y) >= 2 * figuresHalf.height,
    );
  const clear = points.filter(isOffNodes);
  const alone = clear.find(isAlone);
  return { middle: alone ?? clear[0] ?? (points[0] as Point), isAlone: alone !== undefined };
}

/** Farther out they would lie on the node. */
const beside = outwards(0.04, 17);

/** Between two nodes of one row: above going right, below going left. */
function besidePath(from: Point, to: Point, placing: Placing): EdgePath {
  const right = to.x > from.x;
  const side = right ? -1 : 1;
  const y = from.y + side * (nodeSize.height / 2);
  const [x1, x2] = right ? [from.x + 30, to.x - 30] : [from.x - 30, to.x + 30];
  const bend = 24;
  const along = beside.map((t) => {
    const [near, far] = [(1 - t) ** 3 + 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2 + t ** 3];
    return { x: near * x1 + far * x2, y: y + side * bend * 3 * t * (1 - t) };
  });
  return { d: `M${x1} ${y}C${x1} ${y + side * bend} ${x2} ${y + side * bend} ${x2} ${y}`, ...freePlace(along, placing) };
}

/** A point of the curve, whose two bends lie halfway between its ends. */
function pointAt({ start, end }: Curve, t: number): Point {
  const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
  const half = (start.y + end.y) / 2;
  return { x: (a + b) * start.x + (c + d) * end.x, y: a * start.y + (b + c) * half + d * end.y };
}
