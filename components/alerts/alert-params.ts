import { parseAsString, parseAsStringLiteral } from "nuqs/server";

export const alertTabs = ["active", "rules", "history", "channels"] as const;
export type AlertTab = (typeof alertTabs)[number];

/** What of the alerts is being looked at, as the address writes it. */
export const alertParams = { tab: parseAsStringLiteral(alertTabs).withDefault("active"), alert: parseAsString };
