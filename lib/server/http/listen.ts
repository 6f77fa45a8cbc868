import type { Server } from "node:http";
import { services } from "../services";

/**
 * Size of the accept queue. Node's default of 511 drops connections when a thousand agents connect at once: their systems retry only after
 * a second or more, and some are reset. The operating system's own limit applies if it is lower.
 */
const waiting = 4_096;

/** Starts listening; rejects with the system's error. */
export function listen(server: Server, { port, host }: { readonly port: number; readonly host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: waiting }, () => {
      server.off("error", reject);
      server.on("error", (error) => services().log.error({ err: error }, "a connection could not be accepted"));
      resolve();
    });
  });
}
