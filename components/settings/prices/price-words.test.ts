import { describe, expect, it } from "vitest";
import { priceText } from "@/lib/core/prices/price-words";
import { emptyPrice, priceFrom, writtenFrom } from "./price-words";

describe("a written price", () => {
  it("is one when model, input and output are there; an empty class is paid as what it is a part of", () => {
    expect(priceFrom({ ...emptyPrice, model: " m ", input: "$2.5", output: "10,25", validFrom: "2026-03-01" })).toEqual({
      ...{ model: "m", provider: null, input: "2.5", output: "10.25", cachedRead: null, cachedWrite: null, reasoning: null },
      validFrom: "2026-03-01T00:00:00.000Z",
    });
  });

  it.each([
    { model: "m", input: "1" },
    { model: "", input: "1", output: "1" },
    { model: "m", input: "1.000,5", output: "1" },
    { model: "m", input: "1", output: "1", reasoning: "much" },
  ])("is none: %j", (written) => expect(priceFrom({ ...emptyPrice, ...written })).toBeNull());

  it("begins from the price that holds", () => {
    const price = {
      source: "genai-prices",
      id: null,
      input: "3",
      output: "15",
      cachedRead: "0.3",
      cachedWrite: null,
      reasoning: null,
      tiered: false,
    } as const;
    expect(writtenFrom("m", price)).toMatchObject({ model: "m", input: "3", cachedRead: "0.3", cachedWrite: "" });
  });
});

it("a price is shown with its cents, and with every digit beyond them", () => {
  expect(["3", "0.3", "0.125", "10.000000001"].map(priceText)).toEqual(["$3.00", "$0.30", "$0.125", "$10.000000001"]);
});
