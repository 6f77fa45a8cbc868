import { afterEach, expect, it, vi } from "vitest";
import { acknowledgeAlerts } from "./alerts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const ids = Array.from({ length: 450 }, (_, n) => `alert-${n}`);

/** A server that takes what fits into one request; the request with `fails` finds it overloaded. */
function serve(fails: string | null): number[] {
  const sizes: number[] = [];
  vi.stubGlobal("fetch", async (_: string, { body }: { body: string }) => {
    const { alerts } = JSON.parse(body) as { alerts: string[] };
    sizes.push(alerts.length);
    if (fails !== null && alerts.includes(fails))
      return Response.json({ error: { code: "overloaded", message: "Too much to do.", requestId: "r" } }, { status: 503 });
    return Response.json({ results: alerts.map((alert) => ({ alert, error: null })), acknowledged: alerts.length, refused: 0 });
  });
  return sizes;
}

it("more alerts than one request holds are taken in several", async () => {
  const sizes = serve(null);
  const { acknowledged, refused, results } = await acknowledgeAlerts({ alerts: ids });
  expect(sizes).toEqual([200, 200, 50]);
  expect([acknowledged, refused]).toEqual([450, 0]);
  expect(results.map(({ alert }) => alert)).toEqual(ids);
});

it("those that were taken before one request failed are told beside those that were not", async () => {
  serve("alert-200");
  const { acknowledged, refused, results } = await acknowledgeAlerts({ alerts: ids });
  expect([acknowledged, refused]).toEqual([200, 250]);
  expect(results[200]).toEqual({ alert: "alert-200", error: { code: "overloaded", message: "Too much to do." } });
});

it("where nothing was taken the refusal is thrown", async () => {
  serve("alert-0");
  await expect(acknowledgeAlerts({ alerts: ids })).rejects.toThrow("Too much to do.");
});
