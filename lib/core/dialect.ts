/** The systems whose events we read and write, in the order people see. */
export const dialects = ["shannon", "agent-os", "powabase", "crewship", "resonant"] as const;
export type Dialect = (typeof dialects)[number];

export const dialectLabels: Record<Dialect, string> = {
  shannon: "Shannon",
  "agent-os": "agent-os",
  powabase: "Powabase",
  crewship: "Crewship",
  resonant: "ResonantGenesis",
};
