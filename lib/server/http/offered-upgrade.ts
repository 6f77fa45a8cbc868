import { IncomingMessage } from "node:http";

/**
 * Requests that accept an upgrade only if `takes` says so. Node offers all or nothing: a server that listens to `upgrade` gets every
 * connection that offers one, and a Java client offers h2c with each plain request, its body following.
 */
export function requestsThat(takes: (request: IncomingMessage) => boolean): typeof IncomingMessage {
  return class extends IncomingMessage {
    // Set by the constructor above, which runs first.
    declare offersUpgrade: boolean | null;

    // The parser sets this when an upgrade is offered, and reads it to see whether HTTP is over.
    set upgrade(offered: boolean | null) {
      this.offersUpgrade = offered;
    }

    get upgrade(): boolean {
      return this.offersUpgrade === true && (this.method === "CONNECT" || takes(this));
    }
  };
}
