/** Everything that the audit log tells of: a noun, a dot, a verb, and how a person reads it behind a name. */
export const auditActions = {
  "key.create": "made an API key",
  "key.revoke": "revoked an API key",
  "session.link": "made a sign-in link",
  "session.start": "signed in",
  "session.end": "signed out",
  "session.revoke": "signed another browser out",
  "member.create": "invited a member",
  "member.change": "changed a member",
  "member.link": "made a sign-in link for a member",
  "member.remove": "removed a member",
  "project.create": "made a project",
  "project.rename": "renamed the project",
  "demo.start": "started the demo agents",
  "demo.stop": "stopped the demo agents",
  "approval.decide": "decided a request",
  "approval.resend": "sent a decision to its source again",
  "standing.revoke": "took back an approval in advance",
  "policy.change": "changed how requests are treated",
  "redaction.change": "changed what is taken out of events",
  "run.pause": "asked a run to pause",
  "run.resume": "asked a run to resume",
  "run.cancel": "asked a run to stop",
  "run.control": "asked many runs at once",
  "run.resend": "sent a control request to its source again",
  "source.create": "added a source",
  "source.change": "changed a source",
  "source.delete": "removed a source",
  "source.test": "tested a source",
  "source.follow": "began to follow a stream",
  "source.leave": "stopped following a stream",
  "webhook.create": "made a webhook",
  "webhook.delete": "deleted a webhook",
  "webhook.test": "tested a webhook",
  "webhook.rotate": "gave a webhook a new secret",
  "webhook.enable": "switched a webhook on again",
  "webhook.resend": "sent a delivery again",
  "replay.start": "started a replay",
  "replay.cancel": "stopped a replay",
  "budget.create": "made a budget",
  "budget.delete": "deleted a budget",
  "rule.create": "made an alert rule",
  "rule.change": "changed an alert rule",
  "rule.delete": "deleted an alert rule",
  "channel.create": "made an alert channel",
  "channel.delete": "deleted an alert channel",
  "channel.test": "tested an alert channel",
  "alert.acknowledge": "acknowledged an alert",
  "alert.mute": "muted an alert",
  "price.create": "set a price",
  "price.delete": "deleted a price",
  "repricing.ask": "counted past estimates again",
  "repricing.apply": "wrote past estimates again",
  "repricing.cancel": "stopped a repricing",
} as const;

export type AuditAction = keyof typeof auditActions;

/** What an action is about: its part before the dot. */
export type AuditNoun = AuditAction extends infer A ? (A extends `${infer N}.${string}` ? N : never) : never;

export function nounOf(action: string): string {
  return action.slice(0, Math.max(0, action.indexOf(".")));
}

export const auditNouns = [...new Set(Object.keys(auditActions).map(nounOf))] as readonly AuditNoun[];

/** An action of a later version is told by its own name. */
export function actionWords(action: string): string {
  return Object.hasOwn(auditActions, action) ? auditActions[action as AuditAction] : action;
}

/** The kinds as a person chooses among them. */
export const nounWords: Readonly<Record<AuditNoun, string>> = {
  key: "API keys",
  session: "Sign-ins",
  member: "Members",
  project: "Projects",
  demo: "Demo",
  approval: "Decisions",
  standing: "Approvals in advance",
  policy: "Approval policy",
  redaction: "Redaction",
  run: "Run control",
  source: "Sources",
  webhook: "Webhooks",
  replay: "Replays",
  budget: "Budgets",
  rule: "Alert rules",
  channel: "Alert channels",
  alert: "Alerts",
  price: "Prices",
  repricing: "Repricings",
};
