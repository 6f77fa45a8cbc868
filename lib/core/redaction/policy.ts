import { z } from "zod";

const name = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}$/u,
    "A name must be 1 to 40 letters, digits, spaces, _ or -, and begin with a letter or digit.",
  );

/** A pattern of the project's own: its matches are redacted. */
export const OwnPattern = /* @__PURE__ */ z.strictObject({
  name: name.describe("shown in place of what was redacted"),
  pattern: z.string().min(1).max(500).describe("a regular expression in RE2 syntax: no backreferences, no lookaround"),
});
export type OwnPattern = z.infer<typeof OwnPattern>;

/** What a project redacts from events before they are stored. */
export const RedactionPolicy = /* @__PURE__ */ z.strictObject({
  credentials: z.boolean().describe("keys, tokens and passwords, recognised by their form or by their field's name"),
  emails: z.boolean().describe("e-mail addresses"),
  cards: z.boolean().describe("payment card numbers, recognised by length, issuer and check digit"),
  fields: z
    .array(z.string().trim().min(1).max(100))
    .max(100)
    .describe("names of fields whose whole value is redacted; case, dashes and underscores are ignored"),
  patterns: z.array(OwnPattern).max(10),
});
export type RedactionPolicy = z.infer<typeof RedactionPolicy>;

export const defaultRedaction: RedactionPolicy = { credentials: true, emails: false, cards: false, fields: [], patterns: [] };
