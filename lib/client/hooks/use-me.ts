import { useQuery } from "@tanstack/react-query";
import { queries } from "../queries";

/** The project and what this browser may do in it. */
export function useMe() {
  return useQuery(queries.me());
}
