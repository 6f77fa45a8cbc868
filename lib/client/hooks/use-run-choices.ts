import { useQuery } from "@tanstack/react-query";
import { queries } from "../queries";

/** Runs to choose one from: what the letters find, or without any the latest of this agent. */
export function useRunChoices(text: string, agent: string | null) {
  return useQuery(queries.runChoices(text, agent));
}
