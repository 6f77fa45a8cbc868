import { createTransport, type Transporter } from "nodemailer";

export type Mail = { readonly to: readonly string[]; readonly subject: string; readonly text: string };

/** The mail server's answer. `code` is the SMTP code, or null if the server was not reached. */
export type MailOutcome = { readonly code: number | null; readonly error: string | null; readonly reply: string | null };

const timeoutMs = 10_000;

/** Sends e-mail through the server that WATCHFLOOR_SMTP_URL names. */
export class Mailer {
  readonly #from: string;
  readonly #transport: Transporter | null;

  constructor(settings: { readonly url: string; readonly from: string } | null) {
    this.#from = settings?.from ?? "";
    this.#transport = settings
      ? createTransport({
          url: settings.url,
          connectionTimeout: timeoutMs,
          greetingTimeout: timeoutMs,
          socketTimeout: timeoutMs,
          disableFileAccess: true,
          disableUrlAccess: true,
        })
      : null;
  }

  get configured(): boolean {
    return this.#transport !== null;
  }

  /** Sends one message to all recipients. Never rejects: errors are in the outcome. */
  async send({ to, subject, text }: Mail): Promise<MailOutcome> {
    if (!this.#transport) return { code: null, error: notConfigured, reply: null };
    try {
      const sent = await this.#transport.sendMail({
        from: this.#from,
        to: [...to],
        subject,
        text,
        headers: { "Auto-Submitted": "auto-generated" },
      });
      const refused = (sent.rejected as readonly unknown[]).map(String);
      const reply = String(sent.response);
      if (refused.length > 0) return { code: codeIn(reply), error: `Rejected for ${refused.join(", ")}`, reply };
      return { code: codeIn(reply) ?? 250, error: null, reply };
    } catch (error) {
      const failure = error as { readonly responseCode?: number; readonly response?: string; readonly code?: string };
      const code = failure.responseCode ?? null;
      return {
        code,
        error: code === null ? `Not reachable: ${failure.code ?? "unknown"}` : `SMTP ${code}`,
        reply: failure.response ?? null,
      };
    }
  }

  close(): void {
    this.#transport?.close();
  }
}

export const notConfigured = "E-mail is not set up: WATCHFLOOR_SMTP_URL and WATCHFLOOR_SMTP_FROM are missing.";

function codeIn(reply: string): number | null {
  const code = /^\d{3}/.exec(reply)?.[0];
  return code === undefined ? null : Number(code);
}
