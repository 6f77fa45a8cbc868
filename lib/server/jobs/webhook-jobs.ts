import type { Services } from "../services";
import { forgetOldDeliveries } from "../webhooks/forget-old-deliveries";
import { reportMissed } from "../webhooks/report-missed";
import { AlertJudge } from "./alert-judge";
import { ReplayRunner } from "./replay-runner";
import { SourceFollower } from "./source-follower";
import { WakefulLoop } from "./wakeful-loop";
import { WebhookFollower } from "./webhook-follower";
import { WebhookSender } from "./webhook-sender";

const missedMs = 5_000;
const forgetMs = 3_600_000;

/**
 * Everything that is sent without a request (deliveries from the feed, alerts, deliveries to receivers, replays) and the incoming streams.
 * Returns a function that stops it.
 */
export function startWebhookJobs(services: Services): () => Promise<void> {
  const { log } = services;
  const sender = new WebhookSender(services);
  const follower = new WebhookFollower(services, () => sender.wake());
  const alerts = new AlertJudge(services, () => sender.wake());
  const replays = new ReplayRunner(services);
  const streams = new SourceFollower(services);
  const missed = new WakefulLoop({ name: "webhook reports", round: () => reportMissed(services), everyMs: missedMs, log });
  const forgetting = new WakefulLoop({ name: "webhook upkeep", round: () => forgetOldDeliveries(services), everyMs: forgetMs, log });
  const jobs = [follower, alerts, sender, replays, streams, missed, forgetting];
  for (const job of jobs) job.start();
  return async () => {
    await Promise.all([follower.stop(), alerts.stop()]);
    await Promise.all(jobs.slice(2).map((job) => job.stop()));
  };
}
