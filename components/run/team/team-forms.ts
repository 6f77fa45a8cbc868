/** How the team is shown. */
export const teamForms = ["graph", "table"] as const;
export type TeamForm = (typeof teamForms)[number];
