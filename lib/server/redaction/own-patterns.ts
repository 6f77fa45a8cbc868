import { RE2JS } from "re2js";
import type { Found } from "@/lib/core/redaction/find-secrets";
import type { OwnPattern } from "@/lib/core/redaction/policy";
import { looksFar } from "./looks-far";

/**
 * Time grows with the text's length times this (looks-far.ts): a megabyte of matching text takes a few seconds at most. An IBAN
 * pattern has 36.
 */
const mostSteps = 100;

export type PatternFault = { readonly index: number; readonly message: string };

/**
 * User-written patterns run on text that anyone may send. RE2 takes time linear in the text, whereas JavaScript's own engine can be
 * made to hang.
 */
export function compilePatterns(patterns: readonly OwnPattern[]): (text: string) => Found[] {
  const compiled = patterns.map(({ name, pattern }) => ({ name, form: RE2JS.compile(pattern) }));
  return (text) => {
    const found: Found[] = [];
    for (const { name, form } of compiled) {
      if (!form.test(text)) continue;
      const matcher = form.matcher(text);
      while (matcher.find()) if (matcher.end() > matcher.start()) found.push({ from: matcher.start(), to: matcher.end(), name });
    }
    return found;
  };
}

/** Why one of the patterns cannot be used, or null if all can. */
export function faultOf(patterns: readonly OwnPattern[]): PatternFault | null {
  for (const [index, { pattern }] of patterns.entries()) {
    try {
      const form = RE2JS.compile(pattern);
      if (form.test("")) return { index, message: "It matches the empty text, and so every place." };
      if (form.programSize() > mostSteps)
        return {
          index,
          message: `It is too large: its repetitions and alternatives add up to ${form.programSize()} steps; the most is ${mostSteps}.`,
        };
      if (looksFar(form))
        return {
          index,
          message:
            "It repeats an optional part without a limit, so every match would read on to the end of the text. Set a limit, such as {0,20}.",
        };
    } catch (error) {
      return { index, message: `It is not a valid RE2 expression: ${(error as Error).message.replace(/^error parsing regexp: /, "")}` };
    }
  }
  return null;
}
