import { listName } from "@/lib/core/events/type-filter";
import type { Route } from "./route";
import { unknownName } from "./unknown-name";

/**
 * A route of ours that reads refuses parameters that it does not read: `?statsu=failed` would list everything. Streams take any: clients
 * that cannot send headers put names of their own into the address when they come back. So do open routes, which monitors ask.
 */
export function withKnownQuery(route: Route): Route {
  if (route.method !== "GET" || route.scope === "open" || route.keyInQuery || !route.path.startsWith("/api/")) return route;
  const known = Object.keys(route.doc.query?.shape ?? {});
  const run: Route["run"] = (call) => {
    for (const name of call.query.keys())
      if (!known.includes(listName(name))) throw unknownName("parameter", { name, path: `?${name}=`, known });
    return route.run(call);
  };
  return { ...route, run };
}
