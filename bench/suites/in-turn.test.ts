import { expect, test } from "vitest";
import { inTurn } from "./in-turn";

const figure = (id: string) => ({ id, label: id, value: 1, unit: "ms" as const });

test("a suite that fails is told and takes nothing of what the others measured with it", async () => {
  const cause = new Error("answered 503");
  const order: unknown[] = [];
  const run = async (name: string) => {
    order.push(name);
    if (name === "ingest") throw cause;
    return [figure(name)];
  };
  const outcome = await inTurn(["fold", "ingest", "live"], run, (told) => order.push(told));
  expect(order).toEqual(["fold", "ingest", cause, "live"]);
  expect(outcome).toEqual({ figures: [figure("fold"), figure("live")], failed: ["ingest"] });
});
