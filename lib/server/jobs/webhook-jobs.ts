import type { Services } from "../services";
import { forgetOldDeliveries } from "../webhooks/forget-old-deliveries";
import { reportMissed } from "../webhooks/report-missed";
import { ReplayRunner } from "./replay-runner";
import { WakefulLoop } from "./wakeful-loop";
import { WebhookFollower } from "./webhook-follower";
import { WebhookSender } from "./webhook-sender";

const missedMs = 5_000;
const forgetMs = 3_600_000;

/** Everything that goes out by itself: the feed into deliveries, deliveries to receivers, replays. Returns the call that stops it. */
export function startWebhookJobs(services: Services): () => Promise<void> {
  const { log } = services;
  const sender = new WebhookSender(services);
  const follower = new WebhookFollower(services, () => sender.wake());
  const replays = new ReplayRunner(services);
  const missed = new WakefulLoop({ name: "webhook reports", round: () => reportMissed(services), everyMs: missedMs, log });
  const forgetting = new WakefulLoop({ name: "webhook upkeep", round: () => forgetOldDeliveries(services), everyMs: forgetMs, log });
  const jobs = [follower, sender, replays, missed, forgetting];
  for (const job of jobs) job.start();
  return async () => {
    await follower.stop();
    await Promise.all(jobs.slice(1).map((job) => job.stop()));
  };
}
