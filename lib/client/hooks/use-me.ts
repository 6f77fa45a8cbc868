import { useQuery } from "@tanstack/react-query";
import { projectQueries } from "../queries/project";

/** The project and what this browser may do in it. */
export function useMe() {
  return useQuery(projectQueries.me());
}
