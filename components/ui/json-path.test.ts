import { expect, test } from "vitest";
import { formatJsonPath } from "./json-path";

test("a path reads like code and quotes what is no word", () => {
  expect(formatJsonPath([])).toBe("$");
  expect(formatJsonPath(["payload", "tool args", 0, "__proto__", 'a"b', "1"])).toBe('$.payload["tool args"][0].__proto__["a\\"b"]["1"]');
});
