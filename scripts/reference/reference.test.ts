import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { splitBody } from "@/lib/server/ingest/split-body";
import { command, folder, referencePages } from "./pages";
import { root } from "./root";

const pages = referencePages();
const into = new URL(`${folder}/`, root);

describe("the reference", () => {
  it("has the pages that are made, and no other", () => {
    expect(readdirSync(into).sort(), `run ${command}`).toEqual(Object.keys(pages).sort());
  });

  it.each(Object.entries(pages))("says in %s what the program does", (name, text) => {
    const isSame = readFileSync(new URL(name, into), "utf8") === text;
    expect(isSame, `${folder}/${name} is not what the program does any more: run ${command}`).toBe(true);
  });

  it("tells every code that one event of several is refused with", () => {
    const [, ofEvents] = (pages["errors.md"] as string).split("## Rejected events") as [string, string];
    const lines = ["{broken", "[".repeat(70) + "]".repeat(70), `[${"1,".repeat(200_000)}1]`];
    const unreadable = splitBody("ndjson", lines.join("\n")).map(({ refusal }) => refusal?.code);
    expect(unreadable).toEqual(["invalid_json", "too_deep", "too_many_values"]);
    for (const told of [...unreadable, "missing_run", "id_conflict"]) expect(ofEvents).toContain(`| \`${told}\` |`);
  });

  it("leads only to what is there", () => {
    const headings = (text: string) =>
      [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => (heading as string).toLowerCase().replaceAll(" ", "-"));
    for (const [name, text] of Object.entries(pages))
      for (const [, page, place] of text.matchAll(/\]\(([a-z]*(?:\.md)?)(?:#([^)]+))?\)/g)) {
        const target = pages[page === "" ? name : (page as string)];
        expect([name, page, place, target !== undefined]).toEqual([name, page, place, true]);
        if (place !== undefined) expect([name, place, headings(target as string).includes(place)]).toEqual([name, place, true]);
      }
  });
});
