import type { Page } from "@playwright/test";
import { parseExact } from "@/lib/core/exact-json";
import { expect, test } from "./fixtures";
import { ApprovalsPage } from "./pages/approvals-page";
import { RunPage } from "./pages/run-page";
import { AskingAgent } from "./support/asking-agent";
import { holdRequests } from "./support/hold-requests";

const hostile = { path: "/tmp/\u202egnp.exe", note: "zero\u200bwidth \u{e0041}", deep: { list: [1, null, true], text: "<b>bold</b>" } };

test("a request is seen whole, edited and approved; the agent hears it and the receipt shows each leg", async ({ page, floor, word }) => {
  const agent = new AskingAgent(floor, `edit-${word}`);
  await agent.start(`Clean up ${word}`);
  const inbox = new ApprovalsPage(page);
  await inbox.open();
  const approval = await agent.ask({
    kind: "tool",
    tool: `delete_${word}`,
    arguments: hostile,
    question: "They look unused. May I?",
    risk: "high",
  });
  await inbox.choose(`delete_${word}`);
  await expect(inbox.nav).toContainText(/\d+ waiting/);
  await expect(page).toHaveTitle(/^\(\d+\) Approvals/);
  await expect(inbox.request).toContainText("In the agent's own words");
  await expect(inbox.arguments.getByText("RLO", { exact: true })).toBeVisible();
  expect(await inbox.argumentsShown()).toEqual(hostile);

  const heard = agent.hear(approval);
  await page.keyboard.press("e");
  await page.getByRole("textbox", { name: "Arguments to use instead" }).fill('{"path": "/tmp/only-this"');
  await expect(inbox.button("Approve with these arguments")).toBeDisabled();
  await page.getByRole("textbox", { name: "Arguments to use instead" }).fill('{"path": "/tmp/only-this"}');
  await inbox.button("Approve with these arguments").click();
  await expect(inbox.outcome).toContainText("with edited arguments");
  expect((await heard).decision).toMatchObject({ decision: "edit", editedArguments: { path: "/tmp/only-this" }, by: "local owner" });
  await expect(inbox.outcome).toContainText("by local owner");
  await expect(inbox.receipt).toContainText("Delivered by long poll");
  await agent.goOn();
  await expect(inbox.receipt.getByRole("listitem").filter({ hasText: "Resumed" })).not.toContainText("not yet");
  await expect(inbox.row(`delete_${word}`)).toHaveCount(0);
  await page.getByRole("tab", { name: "Decided" }).click();
  await expect(inbox.row(`delete_${word}`)).toContainText("Approved");
});

test("what no double holds is shown, edited and delivered digit by digit, and a key that stands twice is marked", async ({
  page,
  floor,
  word,
}) => {
  const agent = new AskingAgent(floor, `exact-${word}`);
  await agent.start(`Exact ${word}`);
  const account = '"account": 9007199254740993';
  const asked = parseExact(`{${account}, "amount": 1.0, "amount": 1000.50}`);
  const approval = await agent.ask({ kind: "tool", tool: `pay_${word}`, arguments: asked });
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${approval.id}`);
  await expect(inbox.arguments).toHaveText(`{ ${account}, "amount": 1.0, "amount": 1000.50 }`);
  await expect(inbox.request.getByRole("note")).toContainText("payload.details.amount");

  await page.goto(`/runs/${approval.run.id}?sel=${approval.requestedSeq}`);
  await expect(page.getByRole("region", { name: "Arguments" })).toContainText(account);
  await page.getByRole("tab", { name: "Raw" }).click();
  await expect(page.getByText("9007199254740993", { exact: true })).toHaveCount(2);
  await page.getByRole("link", { name: "Why it is read this way" }).click();
  await expect(page.getByRole("textbox", { name: "Events" })).toHaveValue(new RegExp(account));
  await expect(page.getByRole("region", { name: "Results" })).toContainText("becomes approval.requested");

  await inbox.open(`?id=${approval.id}`);
  await inbox.button("Edit").click();
  await page.getByRole("textbox", { name: "Arguments to use instead" }).fill(`{${account}, "amount": 1.0}`);
  await inbox.button("Approve with these arguments").click();
  await expect(inbox.outcome).toContainText("with edited arguments");
  // The page shows a decision before the server has it: the reply is waited for.
  expect(await (await floor.get(`/api/approvals/${approval.id}?wait=55`)).text()).toContain(
    '"editedArguments":{"account":9007199254740993,"amount":1.0}',
  );
});

test("what a run did before it asked is told with its tools, and what no catalogue lists by the sender's type", async ({
  page,
  floor,
  word,
}) => {
  const agent = new AskingAgent(floor, `before-${word}`);
  await agent.start(`Before ${word}`);
  const called = { tool: `copy_${word}`, params: { to: "/backup" } };
  const said = { workflow_id: agent.run, agent_id: "cleaner" };
  await floor.sendLines([
    { ...said, seq: 2, type: "TOOL_INVOKED", message: "Calling a tool", payload: called },
    { ...said, seq: 3, type: "TELESCOPE_MOVED" },
  ]);
  const { id } = await agent.ask({ kind: "tool", tool: "delete_all", arguments: {} });
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${id}`);
  const before = page.getByRole("region", { name: "Before the request" });
  await expect(before).toContainText(`copy_${word}`);
  await expect(before).toContainText("TELESCOPE_MOVED");
});

test("who is beaten to it is told by whom, and nothing is decided twice", async ({ page, floor, word }) => {
  const agent = new AskingAgent(floor, `beaten-${word}`);
  await agent.start(`Beaten ${word}`);
  const approval = await agent.ask({ kind: "tool", tool: `pay_${word}`, arguments: { amount: 3 } });
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${approval.id}`);
  await page.route("**/decision", async (route) => {
    await agent.decide(approval, { decision: "deny", comment: "Budget is gone" });
    await route.continue();
  });
  await inbox.button("Approve").click();
  await expect(page.getByRole("alert").filter({ hasText: "Somebody else decided first." })).toBeVisible();
  await expect(inbox.outcome).toContainText("Denied");
  await expect(inbox.outcome).toContainText("Budget is gone");
  expect((await agent.read(approval)).status).toBe("denied");
});

test("a request that the agent changes is greyed out and shows what changed", async ({ page, floor, word }) => {
  const agent = new AskingAgent(floor, `changed-${word}`);
  await agent.start(`Changed ${word}`);
  const first = await agent.ask({ id: "a1", kind: "tool", tool: `mail_${word}`, arguments: { to: "ops@example.com", body: "Done" } });
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${first.id}`);
  await expect(inbox.button("Approve")).toBeEnabled();
  await agent.ask({ id: "a1", kind: "tool", tool: `mail_${word}`, arguments: { to: "everybody@example.com", body: "Done" } });
  await expect(inbox.outcome).toContainText("The agent now asks for something else.");
  await expect(inbox.button("Approve")).toHaveCount(0);
  const change = page.getByRole("region", { name: "What changed" }).getByRole("row").filter({ hasText: "arguments.to" });
  await expect(change).toContainText('"ops@example.com"');
  await expect(change).toContainText('"everybody@example.com"');
  await page.getByRole("link", { name: "View new request" }).click();
  await expect(inbox.button("Approve")).toBeEnabled();
});

test("arguments beyond what is drawn at once cannot be approved before they were all shown", async ({ page, floor, word }) => {
  const agent = new AskingAgent(floor, `long-${word}`);
  await agent.start(`Long ${word}`);
  const approval = await agent.ask({ kind: "tool", tool: `write_${word}`, arguments: { text: `${"x".repeat(30_000)} and rm -rf /` } });
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${approval.id}`);
  await expect(inbox.button("Approve")).toBeDisabled();
  await page.keyboard.press("a");
  await inbox.button("Show the rest").click();
  expect(await inbox.argumentsShown()).toEqual(approval.arguments);
  expect((await agent.read(approval)).status).toBe("pending");
  await page.keyboard.press("a");
  await expect(inbox.outcome).toContainText("Approved");
});

test("the page of a run that waits is drawn with what is asked, digit by digit: loading it moves nothing", async ({
  page,
  floor,
  word,
}) => {
  const agent = new AskingAgent(floor, `drawn-${word}`);
  await agent.start(`Drawn ${word}`);
  const asked = parseExact('{"account": 9007199254740993, "paths": ["a", "b", "c"]}');
  await agent.ask({ kind: "tool", tool: `keep_${word}`, arguments: asked, question: "May I?", expiresInSeconds: 600 });
  const { id } = await floor.run(agent.run);
  await page.addInitScript(() => {
    const moved: { by: number } = Object.assign(window, { moved: { by: 0 } }).moved;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moved.by += (entry as PerformanceEntry & { readonly value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  const read = page.waitForResponse((response) => response.url().includes("/api/approvals?") && response.url().includes(id));
  await new RunPage(page).open(id);
  await read;
  const banner = page.getByRole("region", { name: "Waiting for a human" });
  await expect(banner.getByRole("button", { name: "Approve", exact: true })).toBeEnabled();
  await expect(banner).toContainText('"account": 9007199254740993');
  expect(await (await page.context().request.get(`/runs/${id}`)).text()).toContain("9007199254740993");
  expect(await page.evaluate(() => (window as unknown as { readonly moved: { readonly by: number } }).moved.by)).toBeLessThan(0.02);
});

test("a run's own page decides too: denied with a reason from its banner, which goes away", async ({ page, floor, word }) => {
  const agent = new AskingAgent(floor, `banner-${word}`);
  await agent.start(`Banner ${word}`);
  const { id } = await floor.run(agent.run);
  const opened = new RunPage(page);
  await opened.open(id);
  const approval = await agent.ask({ kind: "tool", tool: `drop_${word}`, arguments: { table: "users" } });
  const heard = agent.hear(approval);
  const banner = page.getByRole("region", { name: "Waiting for a human" });
  await expect(banner).toContainText(`drop_${word}`);
  const errorsOnly = page.getByRole("button", { name: "Errors only" });
  await expect(banner.getByRole("button", { name: /^Edit/ })).toBeEnabled();
  await page.keyboard.press("e");
  await expect(banner.getByRole("textbox", { name: "Arguments to use instead" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(errorsOnly).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("!");
  await expect(errorsOnly).toHaveAttribute("aria-pressed", "true");
  await banner.getByRole("button", { name: "Deny", exact: true }).click();
  await banner.getByRole("button", { name: "Wrong target" }).click();
  expect((await heard).decision).toMatchObject({ decision: "deny", comment: "Wrong target" });
  await expect(banner).toHaveCount(0);
});

test("on a run's page a second press, or a key held down, decides nothing about the request that takes the place of the first", async ({
  page,
  floor,
  word,
}) => {
  const agent = new AskingAgent(floor, `twice-${word}`);
  await agent.start(`Twice ${word}`);
  const ask = (name: string) => agent.ask({ id: name, kind: "tool", tool: `${name}_${word}`, arguments: {} });
  const [first, second] = [await ask("first"), await ask("second")];
  await new RunPage(page).open((await floor.run(agent.run)).id);
  const banner = page.getByRole("region", { name: "Waiting for a human" });
  const approve = banner.getByRole("button", { name: /^Approve/ });
  await expect(banner).toContainText(`first_${word}`);
  await expect(approve).toBeEnabled();
  const place = await approve.boundingBox();
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await page.keyboard.down("a");
  await expect(async () => {
    await page.clock.runFor(20);
    await expect(banner).toContainText(`second_${word}`, { timeout: 100 });
  }).toPass();
  await page.mouse.click((place?.x ?? 0) + 20, (place?.y ?? 0) + 10);
  await page.keyboard.down("a");
  await page.clock.runFor(1_000);
  await page.keyboard.down("a");
  await page.keyboard.up("a");
  await page.clock.resume();
  await banner.getByRole("button", { name: "Deny", exact: true }).click();
  await banner.getByRole("button", { name: "Not needed" }).click();
  expect((await agent.hear(second)).decision).toMatchObject({ decision: "deny" });
  expect((await agent.read(first)).decision).toMatchObject({ decision: "approve" });
});

test("a button can be pressed only once it is heard, and so can its key: pressed in the very frame, it is not lost", async ({
  page,
  floor,
  word,
}) => {
  const agent = new AskingAgent(floor, `early-${word}`);
  await agent.start(`Early ${word}`);
  const approval = await agent.ask({ kind: "tool", tool: `drop_${word}`, arguments: { table: "users" } });
  await pressWhenEnabled(page, "Edit", "e");
  await new ApprovalsPage(page).open(`?id=${approval.id}`);
  await expect(page.getByRole("textbox", { name: "Arguments to use instead" })).toBeFocused();
});

test("a deadline that passes moves the request to Expired by itself", async ({ page, floor, word }) => {
  const agent = new AskingAgent(floor, `late-${word}`);
  await agent.start(`Late ${word}`);
  const inbox = new ApprovalsPage(page);
  const approval = await agent.ask({ kind: "confirmation", question: `Go on with ${word}?`, expiresInSeconds: 2 });
  await inbox.open(`?id=${approval.id}`);
  await expect(inbox.outcome).toContainText("The deadline passed before anybody decided");
  await page.getByRole("tab", { name: "Expired" }).click();
  await expect(inbox.row(`Go on with ${word}?`)).toContainText("Expired");
});

test("a decision that the server does not answer says that it is not stored, and is taken back when it fails", async ({
  page,
  floor,
  word,
}) => {
  const agent = new AskingAgent(floor, `late-${word}`);
  await agent.start(`Late ${word}`);
  const approval = await agent.ask({ kind: "confirmation", question: `Go on with ${word}?` });
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${approval.id}`);
  const release = await holdRequests(page, /\/decision$/, "abort");
  await inbox.button("Approve").click();
  await expect(inbox.request.getByRole("status").filter({ hasText: "Not saved yet" })).toBeVisible();
  release();
  await expect(inbox.request.getByRole("alert")).toContainText("The Watchfloor server did not respond.");
  await expect(inbox.button("Approve")).toBeEnabled();
  expect(await agent.read(approval)).toMatchObject({ status: "pending" });
});

test("what is open in the inbox stays open, as it was typed in, whatever is asked or decided meanwhile", async ({ page, floor, word }) => {
  const agent = new AskingAgent(floor, `kept-${word}`);
  await agent.start(`Kept ${word}`);
  const ask = (tool: string, expiresInSeconds: number) =>
    agent.ask({ kind: "tool", tool: `${tool}_${word}`, arguments: {}, expiresInSeconds });
  const first = await ask("first", 120);
  const inbox = new ApprovalsPage(page);
  await inbox.open();
  await expect(inbox.request).toContainText(`first_${word}`);
  await inbox.button("Deny").click();
  await page.getByRole("textbox", { name: "Reason in your own words" }).fill("It is used by others");
  const second = await ask("second", 60);
  await expect(inbox.list.getByRole("button").first()).toContainText(`second_${word}`);
  await expect(inbox.request).toContainText(`first_${word}`);
  await page.getByRole("textbox", { name: "Reason in your own words" }).press("ControlOrMeta+Enter");
  expect((await agent.hear(first)).decision).toMatchObject({ decision: "deny", comment: "It is used by others" });
  expect(await agent.read(second)).toMatchObject({ status: "pending" });

  await inbox.open();
  await expect(inbox.request).toContainText(`second_${word}`);
  await ask("third", 90);
  await expect(inbox.row(`third_${word}`)).toBeVisible();
  await agent.decide(second, { decision: "deny", comment: "Somebody was here" });
  await expect(inbox.outcome).toContainText("Somebody was here");
  await expect(inbox.request).toContainText(`second_${word}`);
});

test("a decision that fails when the next request is being read already is told, and leads back to its request", async ({
  page,
  floor,
  word,
}) => {
  const agent = new AskingAgent(floor, `gone-on-${word}`);
  await agent.start(`Gone on ${word}`);
  const first = await agent.ask({ kind: "tool", tool: `first_${word}`, arguments: {} });
  await agent.ask({ kind: "tool", tool: `second_${word}`, arguments: {} });
  const inbox = new ApprovalsPage(page);
  await inbox.open(`?id=${first.id}`);
  const release = await holdRequests(page, /\/decision$/, "abort");
  await inbox.button("Approve").click();
  await inbox.choose(`second_${word}`);
  await expect(inbox.request).toContainText(`second_${word}`);
  release();
  const messages = page.getByRole("region", { name: "Messages" });
  await expect(messages).toContainText(`Not decided: first_${word}. The Watchfloor server did not respond.`);
  await messages.getByRole("link", { name: "Open" }).click();
  await expect(inbox.request).toContainText(`first_${word}`);
  await expect(inbox.button("Approve")).toBeEnabled();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("the list opens a request on its own page, an answer is one touch away, and back is the list", async ({ page, floor, word }) => {
    const agent = new AskingAgent(floor, `phone-${word}`);
    await agent.start(`Phone ${word}`);
    const approval = await agent.ask({ kind: "input", question: `Which way, ${word}?`, choices: ["Left", "Right"] });
    const heard = agent.hear(approval);
    const inbox = new ApprovalsPage(page);
    // What is drawn before any script ran.
    await page.route(/\/_next\/static\/.*\.js/, (route) => route.abort());
    await inbox.open(`?id=${approval.id}`);
    await expect(inbox.request).toBeVisible();
    await expect(inbox.list).toBeHidden();
    await page.unroute(/\/_next\/static\/.*\.js/);
    await inbox.open();
    await inbox.row(`Which way, ${word}?`).tap();
    await inbox.button("Left").tap();
    expect((await heard).decision).toMatchObject({ decision: "answer", answer: "Left" });
    await expect(inbox.outcome).toContainText("Left");
    const told = await page.getByRole("region", { name: "Messages" }).boundingBox();
    const outcome = await inbox.outcome.boundingBox();
    expect((told?.y ?? 999) + (told?.height ?? 0)).toBeLessThan(outcome?.y ?? 0);
    await inbox.button("Back to the list").tap();
    // What was said of it does not stand over what is read next.
    await expect(page.getByRole("region", { name: "Messages" })).not.toContainText(word);
    await expect(inbox.list.or(page.getByText("Nothing is waiting for you"))).toBeVisible();
    await expect(inbox.row(`Which way, ${word}?`)).toHaveCount(0);
  });

  test("an answer by schema is a form within reach of the thumb, and a long choice is read to its end", async ({ page, floor, word }) => {
    const agent = new AskingAgent(floor, `form-${word}`);
    await agent.start(`Form ${word}`);
    const choices = ["Now", `None of these: wait until Monday and ask ${word} again, because the freeze is still on`];
    const inbox = new ApprovalsPage(page);
    await inbox.open(`?id=${(await agent.ask({ kind: "input", question: "When?", choices })).id}`);
    const long = await inbox.button(choices[1] ?? "").boundingBox();
    expect((long?.x ?? 0) + (long?.width ?? 999)).toBeLessThan(390);

    const schema = {
      type: "object",
      required: ["ticket", "risk"],
      properties: {
        ticket: { type: "string", title: "Ticket", description: "As in the tracker", minLength: 3 },
        risk: { type: "string", enum: ["low", "high"], title: "Risk" },
        minutes: { type: "integer", title: "Minutes" },
      },
    };
    const approval = await agent.ask({ kind: "input", question: "Fill in the ticket.", schema });
    const heard = agent.hear(approval);
    await inbox.open(`?id=${approval.id}`);
    await expect(inbox.request).toContainText(`Form ${word}`);
    const answer = await inbox.button("Answer").boundingBox();
    expect(answer?.y).toBeGreaterThan(650);
    await inbox.button("Answer").tap();
    await inbox.button("Send answer").tap();
    await expect(inbox.request.getByRole("textbox", { name: "Ticket" })).toHaveAccessibleDescription("Required. As in the tracker");
    await inbox.request.getByRole("textbox", { name: "Ticket" }).fill("no");
    await inbox.request.getByRole("combobox", { name: "Risk" }).selectOption("high");
    await inbox.request.getByRole("textbox", { name: "Minutes" }).fill("15");
    await inbox.button("Send answer").tap();
    await expect(inbox.request.getByRole("alert")).toContainText("This does not match the schema.");
    await inbox.request.getByRole("textbox", { name: "Ticket" }).fill("OPS-1");
    await inbox.button("Send answer").tap();
    await expect(inbox.outcome).toContainText("OPS-1");
    expect((await heard).decision).toMatchObject({ decision: "answer", answer: { ticket: "OPS-1", risk: "high", minutes: 15 } });
  });
});

/** Presses a key as soon as a button of that name can be pressed: earlier than any hand or any test from outside. */
async function pressWhenEnabled(page: Page, name: string, key: string): Promise<void> {
  await page.addInitScript(
    ([label, pressed]) => {
      const watcher = new MutationObserver(() => {
        const buttons = [...document.querySelectorAll<HTMLButtonElement>("button:enabled")];
        if (!buttons.some((button) => button.textContent?.startsWith(label))) return;
        watcher.disconnect();
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, bubbles: true, cancelable: true }));
      });
      watcher.observe(document, { subtree: true, childList: true, attributes: true });
    },
    [name, key] as const,
  );
}
