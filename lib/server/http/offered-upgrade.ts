import { IncomingMessage } from "node:http";

/**
 * The requests of a server that take an upgrade up only where `takes` says so. To Node it is one or none: a server that listens to
 * `upgrade` gets every connection on which one is offered, and a Java client offers h2c with each plain request, its body behind it.
 */
export function requestsThat(takes: (request: IncomingMessage) => boolean): typeof IncomingMessage {
  return class extends IncomingMessage {
    // Set by the constructor above, which runs first.
    declare offersUpgrade: boolean | null;

    // The parser says here that an upgrade is offered, and looks here whether it is over with HTTP.
    set upgrade(offered: boolean | null) {
      this.offersUpgrade = offered;
    }

    get upgrade(): boolean {
      return this.offersUpgrade === true && (this.method === "CONNECT" || takes(this));
    }
  };
}
