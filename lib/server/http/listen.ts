import type { Server } from "node:http";
import { services } from "../services";

/**
 * Connections that wait to be taken. Node's 511 drop those of a thousand agents that come at once: their systems try again after a
 * second and more, and some are reset. The operating system's own bound counts where it is lower.
 */
const waiting = 4_096;

/** Begins to take connections; rejects with the system's error. */
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
