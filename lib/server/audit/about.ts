import { formatMoney } from "@/lib/core/format/format-money";
import type { About, AuditRule, Told } from "./audited";

type Tells = NonNullable<AuditRule["about"]>;

/** The part of a reply under this name. */
function part(of: Told, name: string): Told {
  const found = of[name];
  return typeof found === "object" && found !== null ? (found as Told) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Only the host of an address: the rest may be a secret. */
function hostOf(url: unknown): string | undefined {
  return typeof url === "string" && URL.canParse(url) ? new URL(url).host : undefined;
}

/** A request to a human: what it is about, and how it was decided. */
export const aboutApproval: Tells = (reply) => ({
  subjectId: text(reply.id),
  subjectName: text(reply.tool) ?? text(reply.question),
  detail: text(reply.status),
});

export const aboutWebhook: Tells = ({ url, description }) => ({ subjectName: text(description) ?? hostOf(url) });

export const aboutPrice: Tells = ({ model }) => ({ subjectName: text(model) });

/** A repricing without a model applies to all. */
export const aboutRepricing: Tells = ({ model }) => ({ subjectName: text(model) ?? "all models" });

export const aboutAlert: Tells = (reply, { alert }) => ({
  subjectId: alert,
  subjectName: text(part(part(reply, "alert"), "rule").name),
  detail: text(part(reply, "alert").about),
});

/** What was asked of a run, and why. */
export const aboutRun: Tells = ({ reason }, { run, task }): About => ({ subjectId: run ?? task, detail: text(reason) });

export const aboutStream: Tells = ({ url }, { source, stream }) => ({ subjectId: stream ?? source, subjectName: hostOf(url) });

/** For a bulk action, only the counts. */
export function aboutMany(done: string): Tells {
  return (reply) => ({ detail: `${reply[done]} of ${(reply.results as readonly unknown[]).length}` });
}

export const aboutScopes: Tells = ({ id, scopes }) => ({ subjectId: text(id), detail: (scopes as readonly string[]).join(", ") });

/** A member's name and new role. */
export const aboutMember: Tells = ({ id, name, role }) => ({ subjectId: text(id), subjectName: text(name), detail: text(role) });

/** The link that comes with it is a secret. */
export const aboutInvited: Tells = (reply, params) => aboutMember(part(reply, "member"), params);

export const aboutBudget: Tells = ({ unit, amount, window }) => ({
  detail: `${unit === "tokens" ? `${amount} tokens` : formatMoney(Number(amount))}, ${window}`,
});

export const aboutShannonDecision: Tells = ({ approval_id, message }) => ({ subjectId: text(approval_id), detail: text(message) });

/** How requests are treated from now on. */
export const aboutPolicy: Tells = ({ deadlineSeconds, onDeadline, standingAllowed }) => ({
  detail: [
    deadlineSeconds === null ? "no deadline" : `${deadlineSeconds} s, then ${onDeadline}`,
    standingAllowed === true ? "standing approvals permitted" : "no standing approvals",
  ].join("; "),
});

/** What is redacted from events from now on; for custom patterns only the names, because a pattern may contain what it hides. */
export const aboutRedaction: Tells = ({ credentials, emails, cards, fields, patterns }) => ({
  detail:
    [
      ...(credentials === true ? ["credentials"] : []),
      ...(emails === true ? ["e-mail addresses"] : []),
      ...(cards === true ? ["cards"] : []),
      ...(fields as readonly string[]).map((name) => `field ${name}`),
      ...(patterns as readonly { readonly name: string }[]).map(({ name }) => `pattern ${name}`),
    ].join(", ") || "nothing",
});
