/** What the page of settings is about, in the order in which it stands there. */
export const subjects = [
  "API keys",
  "Members",
  "Browsers",
  "Sources",
  "Webhooks",
  "Replay",
  "Approvals",
  "Redaction",
  "Prices",
  "Projects",
  "Audit log",
  "Appearance",
  "About",
] as const;
