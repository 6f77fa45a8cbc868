import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { expect, test } from "./fixtures";
import { RunsPage } from "./pages/runs-page";

test.use({ storageState: { cookies: [], origins: [] }, permissions: ["clipboard-read", "clipboard-write"] });

const systems = ["Shannon", "agent-os", "Powabase", "Crewship", "ResonantGenesis"];

/** Runs what was copied as a shell would. A machine without curl gets a small one. */
function runInShell(command: string): { readonly status: number | null; readonly output: string } {
  const path = [process.env.PATH, join(import.meta.dirname, "support/bin")].join(delimiter);
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], {
    encoding: "utf8",
    timeout: 60_000,
    env: { ...process.env, PATH: path },
  });
  return { status, output: `${stdout}${stderr}` };
}

test("from the printed link to the first runs: one browser gets in, each copied command works, the light flips by itself", async ({
  page,
  browser,
  ownServer,
}) => {
  await page.goto(ownServer.signInLink);
  await expect(page).toHaveURL(/\/welcome$/);
  await expect(page.getByText("Listening for your first event")).toBeVisible();

  const other = await browser.newPage({ storageState: { cookies: [], origins: [] } });
  await other.goto(ownServer.signInLink);
  await expect(other.getByRole("heading", { name: "This link no longer works" })).toBeVisible();
  await other.goto(`${ownServer.floor.url}/runs`);
  await expect(other).toHaveURL(/\/signed-out/);
  await other.close();

  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText("Shown only once")).toBeVisible();
  for (const system of systems) {
    await page.getByRole("tab", { name: system }).click();
    await page.getByRole("button", { name: `Copy the ${system} command` }).click();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    const { status, output } = runInShell(command);
    expect({ system, status, output }).toMatchObject({ status: 0, output: expect.stringContaining('"rejected":[]') });
    await expect(page.getByText("Receiving events")).toBeVisible();
  }
  await page.getByRole("link", { name: "See all runs" }).click();
  const runs = new RunsPage(page);
  await page.goto(`${ownServer.floor.url}/welcome`);
  await expect(page.getByText("Listening for events")).toBeVisible();
  await expect(page.getByText("Newest run:")).toBeVisible();
  await page.getByRole("link", { name: "See all runs" }).click();
  for (const system of systems) await expect(runs.table.getByRole("row").filter({ hasText: system })).toContainText("Succeeded");
});

test("the demo agents fill an empty floor at one press, and stop at another", async ({ page, ownServer }) => {
  await page.goto(ownServer.signInLink);
  await page.getByRole("button", { name: "Start demo agents" }).click();
  await expect(page.getByText("Receiving events")).toBeVisible();
  const stop = page.getByRole("button", { name: "Stop demo agents" });
  await expect(
    page
      .getByRole("main")
      .getByRole("link", { name: /Running|Waiting/ })
      .first(),
  ).toBeVisible();
  await stop.click();
  await expect(page.getByRole("button", { name: "Start demo agents" })).toBeVisible();
  expect(await (await ownServer.floor.get("/api/demo")).json()).toEqual({ running: false });
});
