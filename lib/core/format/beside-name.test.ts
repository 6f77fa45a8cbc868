import { expect, it } from "vitest";
import { besideName } from "./beside-name";

it("a line beside a name does not say the name again", () => {
  expect(besideName("web_search", "Invoking tool: web_search")).toBeNull();
  expect(besideName("web_search", "web_search: 12 results")).toBe("12 results");
  expect(besideName("web_search", "web_search")).toBeNull();
  expect(besideName("web_search", "web_search: ")).toBeNull();
  expect(besideName("web_search", null)).toBeNull();
  expect(besideName("web_search", "")).toBeNull();
});

it("a line that says more stays whole", () => {
  expect(besideName("web_search", "Invoking tool: web_search with two words")).toBe("Invoking tool: web_search with two words");
  expect(besideName("search", "What came of the third attempt at: search")).toBe("What came of the third attempt at: search");
  expect(besideName("", "Prompt sent")).toBe("Prompt sent");
});
