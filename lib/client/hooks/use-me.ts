import { useQuery } from "@tanstack/react-query";
import { projectQueries } from "../queries/project";

export type { Me } from "../api/project";

/** Who this browser is, the project and what this browser may do in it. */
export function useMe() {
  return useQuery(projectQueries.me());
}
