import { expect, it } from "vitest";
import { meantWord } from "./meant-word";

const decision = ["decision", "actionHash", "comment", "editedArguments", "answer", "standing"];
const control = ["reason"];

it("finds what others call otherwise, after what is only written otherwise", () => {
  for (const [written, words, meant] of [
    ["reason", decision, "comment"],
    ["comment", control, "reason"],
    ["action", decision, "decision"],
    ["action_hash", decision, "actionHash"],
    ["modified_arguments", decision, "editedArguments"],
    ["raeson", control, "reason"],
    ["page", ["limit", "cursor"], "cursor"],
    ["page", ["limit"], undefined],
    ["colour", decision, undefined],
    ["constructor", decision, undefined],
  ] as const)
    expect([written, meantWord(written, words)]).toEqual([written, meant]);
});
