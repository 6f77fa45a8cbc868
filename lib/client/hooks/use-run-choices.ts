import { useQuery } from "@tanstack/react-query";
import { runsQueries } from "../queries/runs";

/** Runs to choose one from: what the letters find, or without any the latest of this agent. */
export function useRunChoices(text: string, agent: string | null) {
  return useQuery(runsQueries.runChoices(text, agent));
}
