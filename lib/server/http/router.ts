import type { Route } from "./route";

type Node = {
  readonly children: Map<string, Node>;
  param?: { readonly node: Node };
  readonly routes: Map<string, { route: Route; names: readonly string[] }>;
};

export type Match = { readonly route: Route; readonly params: Readonly<Record<string, string>> };

/** Finds routes by path. A literal segment wins over a parameter. */
export class Router {
  readonly #root = emptyNode();
  readonly routes: readonly Route[];

  constructor(routes: readonly Route[]) {
    this.routes = routes;
    for (const route of routes) this.#add(route);
  }

  /** The route, or the methods that this path supports, or null when the path is not ours. */
  find(method: string, path: string): Match | { readonly allowed: readonly string[] } | null {
    const segments = path.split("/").slice(1);
    const values: string[] = [];
    const node = walk(this.#root, segments, values);
    if (!node) return null;
    const found = node.routes.get(method) ?? (method === "HEAD" ? node.routes.get("GET") : undefined);
    if (!found) return { allowed: [...node.routes.keys()] };
    const params: Record<string, string> = {};
    for (const [index, name] of found.names.entries()) params[name] = decode(values[index] as string);
    return { route: found.route, params };
  }

  #add(route: Route): void {
    let node = this.#root;
    const names: string[] = [];
    for (const segment of route.path.split("/").slice(1)) {
      if (segment.startsWith(":")) {
        names.push(segment.slice(1));
        node.param ??= { node: emptyNode() };
        node = node.param.node;
      } else {
        const next = node.children.get(segment) ?? emptyNode();
        node.children.set(segment, next);
        node = next;
      }
    }
    if (node.routes.has(route.method)) throw new Error(`two routes for ${route.method} ${route.path}`);
    node.routes.set(route.method, { route, names });
  }
}

function emptyNode(): Node {
  return { children: new Map(), routes: new Map() };
}

function walk(node: Node, segments: readonly string[], values: string[], index = 0): Node | null {
  if (index === segments.length) return node.routes.size > 0 ? node : null;
  const segment = segments[index] as string;
  const literal = node.children.get(segment);
  const found = literal && walk(literal, segments, values, index + 1);
  if (found) return found;
  if (!node.param || segment === "") return null;
  values.push(segment);
  const below = walk(node.param.node, segments, values, index + 1);
  if (!below) values.pop();
  return below;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
