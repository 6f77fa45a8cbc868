import { describe, expect, test } from "vitest";
import { dialectFixtures } from "@/test/dialect-fixtures";
import { catalogue, eventType } from "./catalogue";
import { writtenType } from "./envelope";
import { agentOs } from "./index";

const cases = dialectFixtures(new URL("./fixtures/", import.meta.url));

describe.each([...new Set(cases.map(({ file }) => file))])("%s", (file) => {
  test.each(cases.filter((each) => each.file === file))("$name", ({ incoming, address, event }) => {
    expect(agentOs.address(incoming)).toEqual({ run: undefined, ...address });
    expect(agentOs.decode(incoming)).toStrictEqual(event);
  });
});

test("no two fixtures share a name, so that each is run", () => {
  expect(new Set(cases.map(({ file, name }) => `${file} ${name}`)).size).toBe(cases.length);
});

test.each(catalogue)("$type of the catalogue has a fixture and is read as $canonical", ({ type, canonical }) => {
  const read = cases.filter(({ incoming }) => eventType(writtenType(incoming)) === type).map(({ event }) => event.type);
  expect(read).toContain(canonical);
});

test("the catalogue holds the seven types of the seed, and ours for what it has no word for", () => {
  expect(agentOs.catalogue.filter((type) => type !== "budget.crossed").sort()).toEqual(
    ["error", "human_input_received", "human_input_requested", "run_end", "run_start", "step", "tool_call"].sort(),
  );
});
