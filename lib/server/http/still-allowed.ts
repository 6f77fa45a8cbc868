import { DomainError } from "../errors";
import type { Reply } from "./call";

/** A revoked key stops working in under 5 seconds, whatever it has open; the key cache may be two seconds old. */
export const askAgainMs = 2_000;

/** Cuts a stream when its caller may no longer read it: the key was revoked or the session ended. */
export function cutWhenRefused(reply: Reply, ask: () => Promise<unknown>): Reply {
  if (reply.kind === "full") return reply;
  return {
    ...reply,
    start: (sink) => {
      const timer = setInterval(async () => {
        if (await isRefused(ask)) sink.cut();
      }, askAgainMs);
      sink.onClose(() => clearInterval(timer));
      reply.start(sink);
    },
  };
}

// A database that does not answer says nothing about the caller.
async function isRefused(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask();
    return false;
  } catch (error) {
    return error instanceof DomainError && (error.code === "unauthorized" || error.code === "forbidden");
  }
}
