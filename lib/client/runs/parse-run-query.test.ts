import { expect, test } from "vitest";
import { parseRunQuery } from "./parse-run-query";

test("known terms become filters and the rest stays text", () => {
  expect(parseRunQuery('status:failed  Q4 agent:"data analyst" sales source:shannon')).toEqual({
    status: "failed",
    agent: "data analyst",
    dialect: "shannon",
    q: "Q4 sales",
  });
});

test("a term that no filter knows stays text, so that nothing typed is lost", () => {
  expect(parseRunQuery("status:odd cost:>0.5 http://x")).toEqual({ q: "status:odd cost:>0.5 http://x" });
});

test("filters alone leave no text", () => {
  expect(parseRunQuery("agent:researcher")).toEqual({ agent: "researcher", q: null });
});
