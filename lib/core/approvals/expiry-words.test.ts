import { describe, expect, it } from "vitest";
import type { Decision } from "../api/approval";
import { expiryWords } from "./expiry-words";

const at = "2025-01-20T10:00:00.000Z";
const decision = (through: Decision["through"]): Decision => ({
  ...{ decision: "timeout", through, by: null, at, comment: null, answer: null, editedArguments: null },
});

describe("why a request expired", () => {
  it("is its deadline, whoever noticed that it passed", () => {
    expect(expiryWords({ expiresAt: at, decision: decision("watchfloor") })).toBe("The deadline passed before anybody decided.");
    expect(expiryWords({ expiresAt: at, decision: decision("source") })).toBe("The deadline passed before anybody decided.");
  });

  it("is the word of the agent's own system where no deadline was ever told", () => {
    expect(expiryWords({ expiresAt: null, decision: decision("source") })).toContain("it had given no deadline");
  });
});
