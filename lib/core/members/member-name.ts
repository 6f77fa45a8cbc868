import { z } from "zod";
import { splitHidden } from "../format/hidden-characters";
import { likeness } from "./likeness";
import { signature, signedFor } from "./signatures";

const longest = 80;
/** Letters with their marks (a few: a tower of them reaches into the next line), digits, symbols, and single blanks between words. */
const words = /^(?!\p{M})(?:[\p{L}\p{N}\p{P}\p{S}]\p{M}{0,4})+(?: (?:[\p{L}\p{N}\p{P}\p{S}]\p{M}{0,4})+)*$/u;
/** Rendered as nothing. */
const blank = /[\u2800]/u;
const letter = /[\p{L}\p{N}]/u;

/** Nobody signs like this, but a member with this name would pass for somebody who does. */
const passing = ["owner", "the owner", "Watchfloor", "the agent"];
const taken = new Set([...Object.values(signature), ...passing].map(likeness));
const takenBeginnings = [...Object.values(signedFor).map((words) => `${likeness(words)} `), likeness("standing approval")];

/** Whether Watchfloor itself signs with a name that looks like this. */
export function isTaken(name: string): boolean {
  const seen = likeness(name);
  return taken.has(seen) || takenBeginnings.some((beginning) => `${seen} `.startsWith(beginning));
}

/** Why this cannot be a member's name; null = it can. It is shown beside decisions, so it must not look like anything else. */
export function nameRefusal(name: string): string | null {
  if (name === "") return "A member must have a name.";
  if ([...name].length > longest) return `A name may have at most ${longest} characters.`;
  if (splitHidden(name).some(({ kind }) => kind === "hidden") || blank.test(name)) return "The name contains invisible characters.";
  if (!words.test(name) || /\p{Default_Ignorable_Code_Point}/u.test(name) || !letter.test(name))
    return "A name must contain letters or digits, and only single spaces between words.";
  return isTaken(name) ? "This name is reserved: Watchfloor uses it itself." : null;
}

export const MemberName = /* @__PURE__ */ z
  .string()
  .normalize("NFC")
  .trim()
  .superRefine((name, context) => {
    const refusal = nameRefusal(name);
    if (refusal !== null) context.addIssue({ code: "custom", message: refusal });
  });
