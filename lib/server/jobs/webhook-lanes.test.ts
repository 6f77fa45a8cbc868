import { describe, expect, it } from "vitest";
import type { ClaimedDelivery } from "../webhooks/attempt-delivery";
import { WebhookLanes } from "./webhook-lanes";

const delivery = (webhookId: string, id: number): ClaimedDelivery => ({
  projectId: "p",
  id: String(id),
  webhookId,
  type: "session.started",
  family: "event",
  kind: "events",
  sourceName: "default",
  body: "{}",
  attempts: 0,
  step: 0,
  log: [],
  url: "https://example.com/",
  secret: "",
  dialect: null,
  path: null,
  subject: null,
  previousSecret: null,
  previousUntilMs: null,
});
const many = (webhookId: string, count: number) => Array.from({ length: count }, (_, id) => delivery(webhookId, id));
const room = (lanes: WebhookLanes, webhookId: string) => lanes.rooms([{ projectId: "p", webhookId }])[0]?.room ?? 0;

describe("lanes", () => {
  it("give one receiver no more than its share, and every other its own", () => {
    const lanes = new WebhookLanes({ running: 2, total: 100 });
    lanes.add([...many("a", 50), ...many("b", 1)]);
    expect(lanes.take().map((one) => one.webhookId)).toEqual(["a", "b", "a"]);
    expect(lanes.take()).toEqual([]);
    lanes.done(delivery("a", 0), true);
    expect(lanes.take().map((one) => one.id)).toEqual(["2"]);
  });

  it("share what may run at all in turn", () => {
    const lanes = new WebhookLanes({ running: 10, total: 4 });
    lanes.add([...many("a", 10), ...many("b", 10)]);
    expect(lanes.take().map((one) => one.webhookId)).toEqual(["a", "b", "a", "b"]);
    expect(lanes.running).toBe(4);
  });

  it("give what becomes free to each in turn, and not to the slow receivers that fill it alone", () => {
    const lanes = new WebhookLanes({ running: 2, total: 4 });
    lanes.add([...many("slow", 9), ...many("slow too", 9)]);
    expect(lanes.take()).toHaveLength(4);
    lanes.add([...many("quick", 2), ...many("quick too", 2)]);
    const next = ["slow", "slow too", "slow", "slow too"].map((done) => {
      lanes.done(delivery(done, 0), true);
      return lanes.take().map((one) => one.webhookId);
    });
    expect(next).toEqual([["slow"], ["slow too"], ["quick"], ["quick too"]]);
  });

  it("keep few connections to a receiver that fails, until it answers well", () => {
    const lanes = new WebhookLanes({ running: 4, struggling: 1, ahead: 8 });
    lanes.add(many("a", 8));
    expect(lanes.take().length).toBe(4);
    for (let n = 0; n < 4; n++) lanes.done(delivery("a", 0), false);
    expect(lanes.take().length).toBe(1);
    expect(lanes.take().length).toBe(0);
    // Nor is more claimed for it than it may have: what it holds is in no other worker's hands.
    expect(room(lanes, "a")).toBe(0);
    lanes.done(delivery("a", 0), true);
    expect(room(lanes, "a")).toBe(5);
    expect(lanes.take().length).toBe(3);
  });

  it("hold of long texts a few for each receiver, one at least", () => {
    const lanes = new WebhookLanes({ ahead: 64, chars: 100 });
    const long = { ...delivery("a", 1), body: "x".repeat(60) };
    const asked = () => lanes.rooms([{ projectId: "p", webhookId: "a" }]).map(({ chars }) => chars);
    expect(asked()).toEqual([100]);
    lanes.add([long]);
    expect(asked()).toEqual([40]);
    lanes.add([long]);
    expect(asked()).toEqual([]);
    // Also while it is being sent.
    expect(lanes.take()).toHaveLength(2);
    expect(asked()).toEqual([]);
    lanes.done(long, true);
    expect(asked()).toEqual([40]);
    lanes.add([{ ...long, id: "2" }]);
    lanes.letGo(new Set(["2"]));
    lanes.add([{ ...long, id: "3" }]);
    lanes.giveBack();
    expect(asked()).toEqual([40]);
    lanes.done(long, true);
    expect(asked()).toEqual([100]);
  });

  it("ask for more only when half of what was claimed ahead is gone", () => {
    const lanes = new WebhookLanes({ running: 1, ahead: 8 });
    expect(room(lanes, "a")).toBe(8);
    lanes.add(many("a", 8));
    expect(room(lanes, "a")).toBe(0);
    for (let n = 0; n < 4; n++) {
      lanes.take();
      lanes.done(delivery("a", 0), true);
    }
    expect(room(lanes, "a")).toBe(4);
    expect(lanes.giveBack().length).toBe(4);
    expect(room(lanes, "a")).toBe(8);
  });
});
