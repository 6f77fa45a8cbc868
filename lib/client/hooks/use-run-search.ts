import { useQuery } from "@tanstack/react-query";
import { queries } from "../queries";

const shortest = 2;

/** The newest runs that a few typed letters find. Keeps showing what was found while it looks further. */
export function useRunSearch(text: string) {
  return useQuery({
    ...queries.runSearch(text),
    enabled: text.length >= shortest,
    placeholderData: (before) => (text.length >= shortest ? before : undefined),
  });
}
