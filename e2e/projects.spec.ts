import { expect, test } from "./fixtures";
import { startOf } from "./flows/many";
import { RunsPage } from "./pages/runs-page";
import { Floor } from "./support/floor";
import { violationsOf } from "./support/violations";

test("a project is made, entered by every tab, filled by its own key, renamed and left; the other one is invisible there", async ({
  browser,
  floor,
  word,
}) => {
  // A browser of its own: the others of these journeys stay where they are.
  const context = await browser.newContext();
  await context.request.get(await floor.signInLink(), { maxRedirects: 0 });
  const page = await context.newPage();
  const at = new Date();
  await floor.sendLines([startOf({ run: `wall-a-${word}`, name: `Secret of default ${word}`, at })]);
  const other = await context.newPage();
  await other.goto(`/runs?q=${word}`);
  await expect(new RunsPage(other).link(`Secret of default ${word}`)).toBeVisible();
  const hidden = (await floor.run(`wall-a-${word}`)).id;

  await page.goto("/runs");
  await page.getByRole("button", { name: "Switch project" }).click();
  const dialog = page.getByRole("dialog", { name: "Projects" });
  await expect(dialog.getByRole("button", { name: /^Default/ })).toHaveAttribute("aria-current", "true");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOf(page, { within: '[role="dialog"]' })).toEqual([]);
  }
  await dialog.getByRole("textbox", { name: "New project name" }).fill(`Team ${word}`);
  await dialog.getByRole("button", { name: "Create project" }).click();
  const name = (on: typeof page) => on.getByRole("navigation", { name: "Main" }).getByText(`Team ${word}`);
  await expect(name(page)).toBeVisible();
  await expect(page.getByText("No runs yet")).toBeVisible();
  // The tab that was left open has gone along.
  await expect(name(other)).toBeVisible();
  await expect(other.getByText("No runs yet")).toBeVisible();
  await page.goto("/runs/nobody-knows-it");
  await expect(page.getByText("No run has this id")).toBeVisible();

  // What happens in the project that was left is not heard of here; what happens here is.
  await page.goto("/runs");
  await expect(page.getByText("No runs yet")).toBeVisible();
  const made = await page.request.post("/api/keys", { data: { name: "k", scopes: ["ingest"] }, headers: { origin: floor.url } });
  const { key } = (await made.json()) as { key: string };
  await floor.sendLines([startOf({ run: `wall-c-${word}`, name: `Later in default ${word}`, at })]);
  await new Floor(floor.url, key).sendLines([startOf({ run: `wall-b-${word}`, name: `Of the team ${word}`, at })]);
  await expect(new RunsPage(page).pill).toHaveText("1 new run");
  await new RunsPage(page).pill.click();
  await expect(new RunsPage(page).link(`Of the team ${word}`)).toBeVisible();

  await page.goto("/settings");
  await page.getByRole("button", { name: `Rename Team ${word}` }).click();
  await page.keyboard.type(`Crew ${word}`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: `Rename Crew ${word}` })).toBeFocused();
  await expect(page.getByRole("navigation", { name: "Main" }).getByText(`Crew ${word}`)).toBeVisible();
  await page.getByRole("list", { name: "Projects" }).getByRole("button", { name: "Default", exact: true }).click();
  await expect(page).toHaveURL(/\/runs$/);
  await page.goto(`/runs?q=${word}`);
  await expect(new RunsPage(page).link(`Later in default ${word}`)).toBeVisible();
  await expect(new RunsPage(page).link(`Of the team ${word}`)).toHaveCount(0);

  // A link to a run of the team leads there, to the very view, in one click.
  await page.goto(`/runs/wall-b-${word}?view=events`);
  await expect(page.getByRole("heading", { name: "This run is in another project" })).toBeVisible();
  await page.getByRole("button", { name: `Switch to Crew ${word}` }).click();
  await expect(page.getByRole("heading", { name: `Of the team ${word}` })).toBeVisible();
  await expect(page).toHaveURL(/view=events/);
  await page.goto(`/runs/${hidden}`);
  await expect(page.getByRole("button", { name: "Switch to Default" })).toBeVisible();
  await context.close();
});
