import { listName } from "@/lib/core/events/type-filter";
import type { Route } from "./route";
import { unknownName } from "./unknown-name";

/**
 * Our own GET routes refuse unknown parameters: `?statsu=failed` would list everything. Streams accept any: clients that cannot send
 * headers add parameters of their own when they reconnect. So do open routes, which monitors call.
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
