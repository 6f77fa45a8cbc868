import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { flags } from "./flags";
import { helpText } from "./help";

const guide = readFileSync(new URL("../../docs/guides/terminal.md", import.meta.url), "utf8").split("## Demo agents")[0] as string;
/** Asking for help is how one reads it. */
const taken = [...new Set(Object.values(flags).flatMap((each) => Object.keys(each)))].filter((name) => name !== "help");

it("the help names every option that a command takes, and so does the guide", () => {
  const named = (words: string) => taken.filter((name) => words.includes(`--${name}`));
  expect(named(helpText)).toEqual(taken);
  expect(named(guide)).toEqual(taken);
});

it("neither names an option that no command takes", () => {
  const named = [...helpText.matchAll(/--([a-z][a-z-]*)/g), ...guide.matchAll(/`--([a-z][a-z-]*)/g)].map(([, name]) => name as string);
  expect(named.filter((name) => name !== "version" && !taken.includes(name))).toEqual([]);
});

it("the help and the guide tell all exit codes of each command that has its own", () => {
  for (const words of helpText.split("exit code ").slice(1))
    expect([...words.matchAll(/\b(0|1|2|130) (?=[a-z])/g)].map(([, code]) => code).sort()).toEqual(["0", "1", "130", "2"]);
  expect(helpText.split("exit code ")).toHaveLength(3);
  for (const section of ["## Watch a run", "## Put the watch floor", "## Send a file"]) {
    const told = guide.slice(guide.indexOf(section)).split("\n## ")[0] as string;
    for (const code of ["0", "1", "2", "130"]) expect([section, code, told.includes(`\`${code}\``)]).toEqual([section, code, true]);
  }
});
