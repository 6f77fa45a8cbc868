export type LayoutRequest = {
  readonly nodes: readonly string[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    /** Leads down: parent to child, or a delegation. */
    readonly down: boolean;
  }[];
  /** Nodes beside each other; a longer layer goes on in the next row. */
  readonly perRow: number;
};

export type TeamLayout = {
  /** Centre of each node. */
  readonly places: { readonly [id: string]: { readonly x: number; readonly y: number } };
  readonly width: number;
  readonly height: number;
};

export const nodeSize = { width: 168, height: 58 } as const;
const gap = { x: 20, y: 62, row: 30 } as const;
/** Two nodes beside each other fit a phone. */
const margin = { x: 12, y: 24 } as const;
/** From one node of a row to the next. */
export const columnPx = nodeSize.width + gap.x;
const sweeps = 4;

/** Layers from the top down by who delegates to whom, each layer ordered so that few edges cross. Circles do no harm. */
export function layOutTeam(request: LayoutRequest): TeamLayout {
  const layers = orderLayers(layersOf(request), request);
  const step = columnPx;
  const widest = Math.max(1, ...layers.map((layer) => Math.min(layer.length, request.perRow)));
  const width = widest * step - gap.x + 2 * margin.x;
  const places: { [id: string]: { x: number; y: number } } = Object.create(null);
  let y = margin.y + nodeSize.height / 2;
  for (const layer of layers) {
    for (let first = 0; first < layer.length; first += request.perRow) {
      const row = layer.slice(first, first + request.perRow);
      const left = width / 2 - ((row.length - 1) * step) / 2;
      row.forEach((id, index) => {
        places[id] = { x: left + index * step, y };
      });
      y += nodeSize.height + (first + request.perRow < layer.length ? gap.row : gap.y);
    }
  }
  return { places: { ...places }, width, height: y - nodeSize.height / 2 - gap.y + margin.y };
}

/** Each node one layer below the lowest of those above it. An edge that would close a circle is not followed. */
function layersOf({ nodes, edges }: LayoutRequest): string[][] {
  const below = new Map<string, string[]>();
  for (const { from, to, down } of edges) if (down && from !== to) below.set(from, [...(below.get(from) ?? []), to]);
  const depth = new Map(nodes.map((id) => [id, 0]));
  for (const id of fromTheTop(nodes, below)) {
    for (const next of below.get(id) ?? []) depth.set(next, Math.max(depth.get(next) ?? 0, (depth.get(id) ?? 0) + 1));
  }
  const layers: string[][] = Array.from({ length: Math.max(0, ...depth.values()) + 1 }, () => []);
  for (const id of nodes) layers[depth.get(id) ?? 0]?.push(id);
  return layers.filter((layer) => layer.length > 0);
}

/** Everybody after those above them; takes edges that close circles out of `below`. */
function fromTheTop(nodes: readonly string[], below: Map<string, string[]>): readonly string[] {
  const done: string[] = [];
  const seen = new Map<string, "open" | "done">();
  const visit = (id: string) => {
    seen.set(id, "open");
    const down = (below.get(id) ?? []).filter((next) => seen.get(next) !== "open");
    below.set(id, down);
    for (const next of down) if (!seen.has(next)) visit(next);
    seen.set(id, "done");
    done.push(id);
  };
  for (const id of nodes) if (!seen.has(id)) visit(id);
  return done.reverse();
}

/** Puts each node near the middle of those that it has to do with, a few times down and up. */
function orderLayers(layers: readonly string[][], { edges }: LayoutRequest): readonly string[][] {
  const beside = new Map<string, string[]>();
  for (const { from, to } of edges) {
    beside.set(from, [...(beside.get(from) ?? []), to]);
    beside.set(to, [...(beside.get(to) ?? []), from]);
  }
  const ordered = layers.map((layer) => [...layer]);
  const position = new Map<string, number>();
  const place = (layer: readonly string[]) => {
    for (const [index, id] of layer.entries()) position.set(id, (index + 0.5) / layer.length);
  };
  ordered.forEach(place);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    for (const layer of sweep % 2 === 0 ? ordered : ordered.toReversed()) {
      const middle = new Map(layer.map((id) => [id, middleOf(beside.get(id) ?? [], position) ?? position.get(id) ?? 0]));
      layer.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
      place(layer);
    }
  }
  return ordered;
}

function middleOf(ids: readonly string[], position: ReadonlyMap<string, number>): number | null {
  if (ids.length === 0) return null;
  return ids.reduce((sum, id) => sum + (position.get(id) ?? 0), 0) / ids.length;
}
