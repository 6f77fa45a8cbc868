import { z } from "zod";

/** The systems whose events we read and write. The order is the one people see. */
export const dialects = ["shannon", "agent-os", "powabase", "crewship", "resonant"] as const;
export const Dialect = z.enum(dialects);
export type Dialect = z.infer<typeof Dialect>;

export const dialectLabels: Record<Dialect, string> = {
  shannon: "Shannon",
  "agent-os": "agent-os",
  powabase: "Powabase",
  crewship: "Crewship",
  resonant: "ResonantGenesis",
};
