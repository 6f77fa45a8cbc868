import { describe, expect, test } from "vitest";
import { dialectFixtures } from "@/test/dialect-fixtures";
import { catalogue, catalogueEntry } from "./catalogue";
import { shannon } from "./index";
import { writtenType } from "./shannon-event";

const cases = dialectFixtures(new URL("./fixtures/", import.meta.url));

describe.each([...new Set(cases.map(({ file }) => file))])("%s", (file) => {
  test.each(cases.filter((each) => each.file === file))("$name", ({ incoming, address, event }) => {
    expect(shannon.address(incoming)).toEqual({ run: undefined, ...address });
    expect(shannon.decode(incoming)).toStrictEqual(event);
  });
});

test("no two fixtures share a name, so that each is run", () => {
  expect(new Set(cases.map(({ file, name }) => `${file} ${name}`)).size).toBe(cases.length);
});

test.each(catalogue)("$type of the catalogue has a fixture and is read as $canonical", ({ type, canonical }) => {
  const read = cases.filter(({ incoming }) => catalogueEntry(writtenType(incoming))?.type === type).map(({ event }) => event.type);
  expect(read).toContain(canonical);
});

test("the catalogue holds the 37 published types, the 10 others of the running system, and no word twice", () => {
  const count = (origin: string) => catalogue.filter((entry) => entry.origin === origin).length;
  expect([count("seed"), count("real")]).toEqual([37, 10]);
  expect(new Set(shannon.catalogue.map((type) => type.toLowerCase())).size).toBe(shannon.catalogue.length);
});
