import { expect, test } from "./fixtures";
import { shannonFlow } from "./flows/shannon";
import { AskingAgent } from "./support/asking-agent";
import { openAwake } from "./support/open-awake";
import { violationsOf } from "./support/violations";

type Place = { readonly name: string; readonly path: (runs: { readonly asking: string; readonly failed: string }) => string };

const places: readonly Place[] = [
  { name: "runs", path: () => "/runs" },
  { name: "no run matches", path: () => "/runs?q=nothing-is-called-so" },
  { name: "a run that waits, timeline", path: ({ asking }) => `/runs/${asking}` },
  { name: "transcript", path: ({ asking }) => `/runs/${asking}?view=transcript` },
  { name: "team", path: ({ asking }) => `/runs/${asking}?view=team` },
  { name: "events with the inspector", path: ({ asking }) => `/runs/${asking}?view=events&sel=4&tab=raw` },
  { name: "events that were searched", path: ({ failed }) => `/runs/${failed}?view=events&q=Provider&errors=true` },
  { name: "cost of a run that failed", path: ({ failed }) => `/runs/${failed}?view=cost` },
  { name: "artifacts", path: ({ asking }) => `/runs/${asking}?view=artifacts` },
  { name: "what waits for a human", path: () => "/approvals" },
  { name: "what was decided", path: () => "/approvals?tab=decided" },
  { name: "costs by agent", path: () => "/costs" },
  { name: "costs by model in tokens", path: () => "/costs?group=model&show=tokens" },
  { name: "alerts", path: () => "/alerts" },
  { name: "alert rules", path: () => "/alerts?tab=rules" },
  { name: "alert channels", path: () => "/alerts?tab=channels" },
  { name: "event inspector", path: () => "/inspect" },
  { name: "unknown run", path: () => "/runs/no-such-run" },
  { name: "unknown address", path: () => "/no/such/page" },
  { name: "welcome", path: () => "/welcome" },
  { name: "settings", path: () => "/settings" },
  { name: "prices", path: () => "/settings/prices" },
  { name: "audit log", path: () => "/settings/audit" },
  { name: "signed out", path: () => "/signed-out" },
];

type Look = { readonly width: number; readonly colorScheme: "light" | "dark" };

/** What a page is made of is the same in the dark, and its colours are the same on a phone: each is looked at once. */
function look({ width, colorScheme }: Look) {
  if (colorScheme === "dark") return { serious: true, only: ["color-contrast"] };
  return { serious: true, except: width < 1_000 ? ["color-contrast"] : [] };
}

for (const width of [1440, 390]) {
  test.describe(`${width} px`, () => {
    test.use({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
    test("no page has a serious or critical accessibility violation, light or dark", async ({ page, floor, word }) => {
      test.slow();
      const begin = (run: string) => shannonFlow({ run: `${run}-${word}`, at: new Date(Date.now() - 3_000) });
      const [asks, fails] = [begin("asks"), begin("fails")];
      const asking = await floor.send("shannon", asks.run, [...asks.first, ...(asks.question ? [asks.question.ask] : [])]);
      const failed = await floor.send("shannon", fails.run, [...fails.first, fails.failure.wire]);
      const agent = new AskingAgent(floor, `decided-${word}`);
      await agent.start(`Clean up ${word}`);
      const decided = await agent.ask({ kind: "tool", tool: "delete_file", arguments: { path: "/tmp/a" }, question: "May I?" });
      await agent.decide(decided, { decision: "deny", comment: "Not today" });
      await floor.post("/api/members", { name: `Ann ${word}`, role: "operator" });
      for (const { name, path } of places) {
        await openAwake(page, path({ asking, failed }));
        await expect(page.getByRole("main")).toBeVisible();
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        // Tabs count themselves behind the first drawing; until then keys cannot come to them.
        await expect(page.locator("[role=tablist][tabindex='-1']")).toHaveCount(0);
        for (const colorScheme of width < 1_000 ? (["light"] as const) : (["light", "dark"] as const)) {
          await page.emulateMedia({ colorScheme });
          await expect(page.locator("html")).toHaveCSS("color-scheme", colorScheme);
          expect.soft(await violationsOf(page, look({ width, colorScheme })), `${name}, ${colorScheme}`).toEqual([]);
        }
      }
    });
  });
}
