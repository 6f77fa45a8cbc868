import { expect, it } from "vitest";
import { moneyTick } from "./money-tick";

it("an amount beside the axis has no zeros that say nothing, and stays short however large it is", () => {
  const dollars = [0, 0.25, 0.255, 0.085, 0.0005, 1, 999.5, 1_000, 250_000, 1_050_000, 2_500_000, 10_000_000];
  expect(dollars.map((amount) => moneyTick(Math.round(amount * 1e9)))).toEqual([
    ...["$0.00", "$0.25", "$0.255", "$0.085", "$0.0005", "$1.00", "$999.50"],
    ...["$1k", "$250k", "$1.05M", "$2.5M", "$10M"],
  ]);
});
