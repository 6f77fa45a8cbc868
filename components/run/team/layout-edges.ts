import type { LayoutRequest } from "./lay-out-team";
import type { TeamGraph } from "./prepare-graph";

/**
 * What the layout goes by: down leads what was recruited or delegated, and what is told one way to somebody who came later.
 * Who stands below nobody by that is put below the first agent that it has to do with.
 */
export function layoutEdges({ nodes, edges }: Pick<TeamGraph, "nodes" | "edges">): LayoutRequest["edges"] {
  const order = new Map(nodes.map(({ id }, index) => [id, index]));
  const place = (id: string) => order.get(id) ?? 0;
  const keys = new Set(edges.map(({ key }) => key));
  const drawn = edges.map(({ from, to, isParent, delegations }) => {
    const oneWay = !keys.has(`${to}\u0000${from}`) && place(from) < place(to);
    return { from, to, down: isParent || delegations > 0 || oneWay };
  });
  const hasAbove = new Set(drawn.flatMap(({ to, down }) => (down ? [to] : [])));
  const first = new Map<string, string>();
  for (const { from, to } of drawn) {
    const [earlier, later] = place(from) < place(to) ? [from, to] : [to, from];
    const known = first.get(later);
    if (!hasAbove.has(later) && (known === undefined || place(earlier) < place(known))) first.set(later, earlier);
  }
  return [...drawn, ...[...first].map(([later, earlier]) => ({ from: earlier, to: later, down: true }))];
}
