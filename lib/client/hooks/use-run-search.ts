import { useQuery } from "@tanstack/react-query";
import { runsQueries } from "../queries/runs";

/** Fewer letters than the index of names is made of would read every name. */
const shortest = 3;

/** The newest runs that a few typed letters find. Keeps showing what was found while it looks further. */
export function useRunSearch(text: string) {
  return useQuery({
    ...runsQueries.runSearch(text),
    enabled: text.length >= shortest,
    placeholderData: (before) => (text.length >= shortest ? before : undefined),
  });
}
