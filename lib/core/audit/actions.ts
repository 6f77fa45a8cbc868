/** Everything that the audit log records: a noun, a dot, a verb, and the wording shown after a name. */
export const auditActions = {
  "key.create": "created an API key",
  "key.revoke": "revoked an API key",
  "session.link": "created a sign-in link",
  "session.start": "signed in",
  "session.end": "signed out",
  "session.revoke": "signed another browser out",
  "member.create": "invited a member",
  "member.change": "changed a member",
  "member.link": "created a sign-in link for a member",
  "member.remove": "removed a member",
  "project.create": "created a project",
  "project.rename": "renamed the project",
  "demo.start": "started the demo agents",
  "demo.stop": "stopped the demo agents",
  "approval.decide": "decided a request",
  "approval.resend": "sent a decision to its source again",
  "standing.revoke": "revoked a standing approval",
  "policy.change": "changed the approval policy",
  "redaction.change": "changed the redaction policy",
  "run.pause": "asked a run to pause",
  "run.resume": "asked a run to resume",
  "run.cancel": "asked a run to stop",
  "run.control": "sent a control request to many runs",
  "run.resend": "sent a control request to its source again",
  "source.create": "added a source",
  "source.change": "changed a source",
  "source.delete": "removed a source",
  "source.test": "tested a source",
  "source.follow": "started following a stream",
  "source.leave": "stopped following a stream",
  "webhook.create": "created a webhook",
  "webhook.delete": "deleted a webhook",
  "webhook.test": "tested a webhook",
  "webhook.rotate": "rotated a webhook's secret",
  "webhook.enable": "enabled a webhook",
  "webhook.resend": "sent a delivery again",
  "replay.start": "started a replay",
  "replay.cancel": "stopped a replay",
  "budget.create": "created a budget",
  "budget.delete": "deleted a budget",
  "rule.create": "created an alert rule",
  "rule.change": "changed an alert rule",
  "rule.delete": "deleted an alert rule",
  "channel.create": "created an alert channel",
  "channel.delete": "deleted an alert channel",
  "channel.test": "tested an alert channel",
  "alert.acknowledge": "acknowledged an alert",
  "alert.mute": "muted an alert",
  "price.create": "set a price",
  "price.delete": "deleted a price",
  "repricing.ask": "counted a repricing of past estimates",
  "repricing.apply": "applied a repricing",
  "repricing.cancel": "stopped a repricing",
} as const;

export type AuditAction = keyof typeof auditActions;

/** What an action is about: its part before the dot. */
export type AuditNoun = AuditAction extends infer A ? (A extends `${infer N}.${string}` ? N : never) : never;

export function nounOf(action: string): string {
  return action.slice(0, Math.max(0, action.indexOf(".")));
}

export const auditNouns = [...new Set(Object.keys(auditActions).map(nounOf))] as readonly AuditNoun[];

/** An action from a later version is shown by its code. */
export function actionWords(action: string): string {
  return Object.hasOwn(auditActions, action) ? auditActions[action as AuditAction] : action;
}

/** The kinds as a person picks them. */
export const nounWords: Readonly<Record<AuditNoun, string>> = {
  key: "API keys",
  session: "Sign-ins",
  member: "Members",
  project: "Projects",
  demo: "Demo",
  approval: "Decisions",
  standing: "Standing approvals",
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
