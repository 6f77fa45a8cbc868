type Places = { readonly [id: string]: { readonly x: number; readonly y: number } };

const directions: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The node that an arrow key leads to: the nearest that lies more in its direction than beside it. */
export function nearestNode(places: Places, from: string, key: string): string | null {
  const direction = directions[key];
  const here = places[from];
  if (!direction || !here) return null;
  const [dx, dy] = direction;
  let best: { readonly id: string; readonly distance: number } | null = null;
  for (const [id, { x, y }] of Object.entries(places)) {
    const along = (x - here.x) * dx + (y - here.y) * dy;
    const aside = Math.abs((x - here.x) * dy) + Math.abs((y - here.y) * dx);
    if (along <= 0 || (dx !== 0 && aside > along)) continue;
    const distance = along + 2 * aside;
    if (best === null || distance < best.distance) best = { id, distance };
  }
  return best?.id ?? null;
}
