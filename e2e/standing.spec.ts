import { expect, test } from "./fixtures";
import { ApprovalsPage } from "./pages/approvals-page";
import { AskingAgent } from "./support/asking-agent";

test("who approves may allow the next ones too: they go through by themselves, what does not fit waits, and it is taken back", async ({
  page,
  floor,
  word,
}) => {
  const agent = new AskingAgent(floor, `allowed-${word}`);
  await agent.start(`Tidy up ${word}`);
  const ask = (path: string) => agent.ask({ kind: "tool", tool: `delete_${word}`, arguments: { path, force: false } });
  const first = await ask("/tmp/a");
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${first.id}`);
  const form = page.getByRole("form", { name: "Approve and allow similar" });
  // The key works as soon as the button does; which is when the project's policy is known, too.
  await expect(inbox.button("Allow similar")).toBeEnabled();
  // The form has the keyboard: no key decides past it, Escape leaves it, and the keyboard is where it was.
  await page.keyboard.press("n");
  await expect(form.getByLabel("Max uses")).toBeFocused();
  await form.getByText("In a pattern").click();
  await page.keyboard.press("a");
  await expect(form).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(form).toHaveCount(0);
  await expect(inbox.button("Allow similar")).toBeFocused();
  await page.keyboard.press("n");
  await form.getByLabel("Max uses").fill("");
  await expect(form.getByRole("button", { name: /^Approve and allow/ })).toBeDisabled();
  await form.getByLabel("Max uses").fill("3");
  await form.getByRole("combobox", { name: "Rule for path" }).selectOption("like");
  await form.getByLabel("Pattern for path").fill("/tmp/*");
  await form.getByRole("button", { name: "Approve and allow 3 more" }).click();
  const chip = page
    .getByRole("region", { name: "Standing approvals" })
    .getByRole("listitem")
    .filter({ hasText: `delete_${word}` });
  await expect(chip).toContainText("3 uses left");
  await expect(chip).toContainText("path like /tmp/*");
  await expect(chip).toContainText("left");

  const second = await ask("/tmp/b");
  expect((await agent.hear(second)).decision).toMatchObject({ decision: "approve", by: "standing approval by local owner" });
  await expect(chip).toContainText("2 uses left");
  await inbox.open(`?id=${second.id}`);
  await expect(inbox.outcome).toContainText("by standing approval by local owner");
  await expect(inbox.outcome).toContainText("Standing approval: use 1 of 3");

  const outside = await ask("/etc/passwd");
  await inbox.open();
  await expect(inbox.row(`delete_${word}`)).toHaveCount(1);
  expect((await agent.read(outside)).status).toBe("pending");

  await page.goto(`/runs/${first.run.id}`);
  await expect(chip).toContainText("2 uses left");
  await chip.getByRole("button", { name: /^Revoke/ }).click();
  await expect(chip).toHaveCount(0);
  const late = await ask("/tmp/c");
  await page.goto("/approvals");
  await expect(inbox.row(`delete_${word}`)).toHaveCount(2);
  expect((await agent.read(late)).status).toBe("pending");
});
