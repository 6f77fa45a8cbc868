import { z } from "zod";

const name = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]{0,39}$/u, "A name has 1 to 40 letters, digits, spaces, _ and -.");

/** A pattern of the project's own: what it matches is taken out. */
export const OwnPattern = /* @__PURE__ */ z.strictObject({
  name: name.describe("stands in the place of what was taken out"),
  pattern: z.string().min(1).max(500).describe("a regular expression in RE2's syntax: no backreferences, no looking around"),
});
export type OwnPattern = z.infer<typeof OwnPattern>;

/** What a project takes out of events before they are stored. */
export const RedactionPolicy = /* @__PURE__ */ z.strictObject({
  credentials: z.boolean().describe("keys, tokens and passwords, known by their form or by the name of their field"),
  emails: z.boolean().describe("e-mail addresses"),
  cards: z.boolean().describe("numbers of payment cards, by length, issuer and check digit"),
  fields: z
    .array(z.string().trim().min(1).max(100))
    .max(100)
    .describe("names of fields whose values are taken out whole; case, dashes and underscores do not matter"),
  patterns: z.array(OwnPattern).max(10),
});
export type RedactionPolicy = z.infer<typeof RedactionPolicy>;

export const defaultRedaction: RedactionPolicy = { credentials: true, emails: false, cards: false, fields: [], patterns: [] };
