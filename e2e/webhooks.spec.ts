import { createHmac } from "node:crypto";
import { type Receiver, startReceiver } from "../test/receiver";
import { expect, test } from "./fixtures";

test.describe.configure({ mode: "serial" });

let receiver: Receiver;
const answer = { status: 200 };
test.beforeAll(async () => {
  receiver = await startReceiver((_one, response) => void response.writeHead(answer.status).end("heard"));
});
test.afterAll(() => receiver.stop());

test("from a first webhook to a checked message, a failed delivery sent again, and a rotated secret", async ({ page, floor, word }) => {
  await page.goto("/settings");
  await page.getByRole("button", { name: "New webhook" }).click();
  const form = page.getByRole("dialog", { name: "New webhook" });
  await form.getByLabel("URL").fill("http://169.254.169.254/latest/meta-data");
  await form.getByRole("button", { name: "Create webhook" }).click();
  await expect(form.getByRole("alert")).toContainText("never sends to");
  await form.getByLabel("URL").fill(`${receiver.url}/${word}`);
  await form.getByRole("button", { name: "Create webhook" }).click();

  const shown = page.getByRole("dialog", { name: "Copy the secret now" });
  const secret = (await shown.locator("code").textContent()) ?? "";
  expect(secret).toMatch(/^whsec_/);
  await shown.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(secret)).toHaveCount(0);

  const session = { session_id: `sess-${word}`, goal: "Research AI trends" };
  await floor.send("resonant", session.session_id, [{ body: { id: `evt_${word}`, type: "session.started", data: session } }]);
  const [first] = await receiver.until(1, (one) => one.path === `/${word}`);
  expect(first?.headers["x-webhook-signature"]).toBe(
    `sha256=${createHmac("sha256", secret)
      .update(first?.body ?? "")
      .digest("hex")}`,
  );

  await page.getByRole("button", { name: `${receiver.url}/${word}` }).click();
  await expect(page).toHaveURL(/webhook=wh_/);
  const sheet = page.getByRole("dialog", { name: "Webhook" });
  const log = sheet.getByRole("list", { name: "Deliveries" });
  await expect(log.getByRole("listitem").first()).toContainText("Delivered");

  answer.status = 503;
  await sheet.getByRole("button", { name: "Send test" }).click();
  const test = log.getByRole("listitem").filter({ hasText: "webhook.test" });
  await expect(test).toContainText("Failed");
  await expect(test).toContainText("503");
  await floor.send("resonant", session.session_id, [{ body: { id: `evt_${word}_2`, type: "session.completed", data: session } }]);
  const failing = log.getByRole("listitem").filter({ hasText: "session.completed" });
  await expect(failing).toContainText("Pending");
  await expect(failing).toContainText("next in");
  answer.status = 200;
  await failing.getByRole("button", { name: "Resend" }).click();
  await expect(failing).toContainText("Delivered");
  await expect(failing).toContainText("2 attempts");
  await failing.getByRole("button", { name: "session.completed" }).click();
  await expect(failing.getByRole("list", { name: "Attempts" })).toContainText("HTTP 503");
  await expect(failing).toContainText(session.session_id);

  await sheet.getByRole("button", { name: "Rotate secret" }).click();
  await expect(sheet.getByText(/^whsec_/)).toBeVisible();
  await expect(sheet.getByText("old secret expires")).toBeVisible();
  await page.reload();
  await expect(sheet.getByRole("list", { name: "Deliveries" })).toBeVisible();
  await expect(sheet.getByText(/^whsec_/)).toHaveCount(0);

  await sheet.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete webhook" }).click();
  await expect(page.getByText("No webhooks yet")).toBeVisible();
});

test("a replay shows its progress where it was started, and stops when it is cancelled", async ({ page, floor, word }) => {
  const run = `sess-${word}`;
  const at = (minute: number) => `2026-02-20T01:${String(minute).padStart(2, "0")}:00Z`;
  const type = `${word}.happened`;
  await floor.send(
    "resonant",
    run,
    Array.from({ length: 12 }, (_, n) => ({ body: { id: `evt_${word}_${n}`, type, created_at: at(n), data: { session_id: run } } })),
  );
  await page.goto("/settings");
  const form = page.getByRole("form", { name: "Replay" });
  await form.getByLabel("URL").fill(`${receiver.url}/replay-${word}`);
  await form.getByLabel("Types").fill(`${word}.*`);
  await form.getByRole("button", { name: "Start replay" }).click();
  const replays = page.getByRole("list", { name: "Replays" }).getByRole("listitem").filter({ hasText: word });
  await expect(replays.first()).toContainText("Done");
  await expect(replays.first()).toContainText("12 / 12");
  const sent = await receiver.until(12, (one) => one.path === `/replay-${word}`);
  expect(sent.map((one) => one.json.id)).toEqual(Array.from({ length: 12 }, (_, n) => `evt_${word}_${n}`));

  await form.getByLabel("Speed").selectOption("As it happened");
  await form.getByRole("button", { name: "Start replay" }).click();
  const slow = replays.filter({ hasText: "Sending" });
  await expect(slow.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "1");
  await slow.getByRole("button", { name: "Cancel" }).click();
  await expect(replays.first()).toContainText("Cancelled");
});
